package dev.hearth.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hearth.diag.HearthException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class AddressTest {

  @Test
  void aWholeAddressIsTakenApart() {
    Address address =
        Address.parse("postgresql://lab%40home@[fd00::1]:5433/my%20lab?sslmode=require", "$X");

    assertThat(address.user()).isEqualTo("lab@home");
    assertThat(address.host()).isEqualTo("[fd00::1]");
    assertThat(address.port()).isEqualTo(5433);
    assertThat(address.database()).isEqualTo("my lab");
    assertThat(address.parameters()).containsEntry("sslmode", "require");
  }

  @Test
  void aCertificateIsCheckedUnlessTheServerIsOnThisMachine() {
    assertThat(Address.parse("postgresql://me@db.lan/lab", "$X").parameters())
        .containsEntry("sslmode", "verify-full");
    assertThat(Address.parse("postgres://me@localhost/lab", "$X").parameters())
        .containsEntry("sslmode", "prefer");
    assertThat(Address.parse("postgres://me@localhost/lab", "$X").port()).isEqualTo(5432);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "postgresql://me:geheim@db/lab",
        "postgresql://me:geheim@db/lab?sslmode=require",
        "postgresql://me@db/lab?password=geheim",
        "mysql://geheim@db/lab",
        "postgresql://me geheim@db/lab",
        "postgresql://db/geheim",
        "postgresql://geheim@db",
        "postgresql://geheim@db/",
        "postgresql://geheim@db/a/b",
        "geheim",
        "postgresql://me@db/lab?socketFactory=geheim",
      })
  void whatIsNoAddressIsRefusedWithoutShowingIt(String text) {
    assertThatThrownBy(() -> Address.parse(text, "$HEARTH_STORE"))
        .isInstanceOfSatisfying(
            HearthException.class,
            refused ->
                assertThat(refused.diagnostics().getFirst().render())
                    .contains("$HEARTH_STORE", "next:")
                    .doesNotContain("geheim"));
  }
}

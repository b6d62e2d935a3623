package dev.hearth.module.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.module.ModuleOnLocalShell;
import dev.hearth.module.TestShell;
import dev.hearth.shell.Outcome;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Fields of the files of accounts where no program sets them. */
class AccountFileOnLocalShellTest extends ModuleOnLocalShell {

  @ParameterizedTest
  @MethodSource("shells")
  void fieldsAreSetAsTheyAreGivenAndNothingElse(TestShell shell) {
    write("passwd", "an:x:1:1:A:/a:/bin/sh\nann:x:2:2:B:/b:/bin/sh\nanna:x:3:3:C:/c:/bin/sh\n");

    assertThat(set(shell, "passwd", "5", "a & b \\n $(x) 'q'", "4", "70").ok()).isTrue();

    assertThat(read("passwd"))
        .isEqualTo(
            """
            an:x:1:1:A:/a:/bin/sh
            ann:x:2:70:a & b \\n $(x) 'q':/b:/bin/sh
            anna:x:3:3:C:/c:/bin/sh
            """);
    nothingLeft();
  }

  @ParameterizedTest
  @MethodSource("shells")
  void aPasswordIsLockedAndUnlockedOnceButNeverTakenAway(TestShell shell) {
    write("shadow", "ann:$6$a$b:1:0:9:7:::\n");
    assertThat(set(shell, "shadow", "lock", "", "8", "99").ok()).isTrue();
    assertThat(set(shell, "shadow", "lock", "").ok()).isTrue();
    assertThat(read("shadow")).isEqualTo("ann:!$6$a$b:1:0:9:7::99:\n");
    assertThat(set(shell, "shadow", "unlock", "", "8", "").ok()).isTrue();
    assertThat(read("shadow")).isEqualTo("ann:$6$a$b:1:0:9:7:::\n");

    write("shadow", "ann:!:1:0:9:7:::\n");
    assertThat(set(shell, "shadow", "unlock", "").ok()).isTrue();
    assertThat(read("shadow")).isEqualTo("ann:!:1:0:9:7:::\n");
  }

  @ParameterizedTest
  @MethodSource("shells")
  void aNameWithoutALineIsAFailureThatLeavesTheFileAlone(TestShell shell) {
    write("passwd", "anna:x:3:3:C:/c:/bin/sh\n");

    Outcome.Exited end = set(shell, "passwd", "5", "x");

    assertThat(end.ok()).isFalse();
    assertThat(end.err()).contains("ann has no line in");
    assertThat(read("passwd")).isEqualTo("anna:x:3:3:C:/c:/bin/sh\n");
    nothingLeft();
  }

  private Outcome.Exited set(TestShell shell, String file, String... values) {
    return host(shell)
        .run(AccountFile.set(home().resolve(file).toString(), "ann", List.of(values)));
  }
}

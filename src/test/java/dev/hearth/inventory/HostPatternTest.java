package dev.hearth.inventory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hearth.diag.Diagnostic;
import dev.hearth.diag.ExitCode;
import dev.hearth.diag.HearthException;
import dev.hearth.diag.Location;
import dev.hearth.diag.Source;
import dev.hearth.diag.SourceFiles;
import dev.hearth.value.Located;
import dev.hearth.value.Value;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.assertj.core.api.AbstractThrowableAssert;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

final class HostPatternTest {

  private static final Inventory LAB =
      TestServices.loader(
              file -> {
                throw new AssertionError("no file is needed: " + file);
              })
          .load(List.of("web1,web2,db1,fe80::1,node-a.lab:2222"), Path.of("/"));

  @Test
  void findsTheImplicitLocalhostOnlyByName() {
    assertThat(names("localhost")).containsExactly("localhost");
    assertThat(names("::1")).containsExactly("::1");
    assertThat(names("all")).doesNotContain("localhost");
    assertThat(names("local*")).isEmpty();
    assertThat(LAB.host("localhost").orElseThrow().implicit()).isTrue();
    assertThat(LAB.groupsOf(LAB.host("localhost").orElseThrow()))
        .extracting(Group::name)
        .containsExactly("all");
  }

  @Test
  void aLimitOfSeveralHostsNeverAddsHostsToThoseThatAreNamed() {
    HostPattern.Only limit = new HostPattern.Only(HostPattern.parse("web1,db1"));
    HostPattern both = new HostPattern.AnyOf(List.of(HostPattern.parse("web1,web2"), limit));
    assertThat(LAB.select(both, Optional.empty()).hosts())
        .extracting(Host::name)
        .containsExactly("web1");
  }

  @Test
  void anExplicitLocalhostServesForAllItsNames() {
    Inventory local = LAB.withHost("127.0.0.1", List.of(), Map.of(), Inventory.BUILT_IN);
    assertThat(local.host("localhost").orElseThrow().name()).isEqualTo("127.0.0.1");
    assertThat(local.host("localhost").orElseThrow().implicit()).isFalse();
  }

  @Test
  void takesAddressesWholeAndKeepsThePort() {
    assertThat(names("fe80::1")).containsExactly("fe80::1");
    assertThat(names("web1:fe80::1")).doesNotContain("fe80::1");
    assertThat(names("web1,fe80::1")).containsExactly("web1", "fe80::1");
    assertThat(LAB.host("node-a.lab").orElseThrow().vars().get("ansible_port"))
        .extracting(Located::value)
        .isEqualTo(Value.number(2222));
  }

  @Test
  void readsTextsAndListsOfAPlay() {
    Location at = Location.startOf(Source.of("site.yml", "hosts: x"));
    HostPattern list =
        HostPattern.of(new Located(Value.Seq.of(Value.text("web*"), Value.text("!web1")), at));
    assertThat(LAB.select(list, Optional.empty()).hosts())
        .extracting(Host::name)
        .containsExactly("web2");
    assertThatThrownBy(() -> HostPattern.of(new Located(Value.number(1), at)))
        .isInstanceOf(HearthException.class)
        .hasMessageContaining("site.yml:1:1");
  }

  @Test
  void warnsWithTheNearestNameAndPlace() {
    Selection selection = LAB.select(HostPattern.parse("db1,wbe1"), Optional.empty());
    assertThat(selection.hosts()).extracting(Host::name).containsExactly("db1");
    Diagnostic warning = selection.warnings().getFirst();
    assertThat(warning.summary()).contains("'wbe1'");
    assertThat(warning.next()).contains("did you mean 'web1'?");
    assertThat(warning.at()).map(Location::column).contains(5);
  }

  @Test
  void aLimitThatMatchesNothingIsNeverAllHosts() {
    for (String limit : List.of("nosuch", "", " ", ",", ":", "web1:!web1", "web1:&db1", "!all")) {
      noHosts(() -> LAB.select(HostPattern.parse("all"), limit(limit)));
      noHosts(() -> Inventory.empty().select(HostPattern.parse("all"), limit(limit)));
    }
    noHosts(() -> Inventory.empty().select(HostPattern.parse("all"), limit("web1")));
  }

  @Test
  void aLimitLeavesWhatBothChoose() {
    assertThat(LAB.select(HostPattern.parse("all"), limit("!db1")).hosts()).hasSize(4);
    assertThat(LAB.select(HostPattern.parse("db1"), limit("web1")).hosts()).isEmpty();
    assertThat(LAB.select(HostPattern.parse("localhost"), limit("localhost")).hosts()).hasSize(1);
  }

  @Test
  void aLimitReadsItsFiles() {
    SourceFiles files =
        file -> Source.of(file.toString(), file.endsWith("empty") ? "\n" : "db1\n\n  web2 \n");
    assertThat(limited("@failed.retry", files)).containsExactly("web2", "db1");
    assertThat(limited("web1:@failed.retry:!db1", files)).containsExactly("web1", "web2");
    assertThat(limited("@failed.retry,&web*", files)).containsExactly("web2");
    noHosts(() -> limited("@empty", files));
  }

  @Test
  void aPartOfALimitIsNotSplitAnyFurther() {
    SourceFiles files = file -> Source.of(file.toString(), "web1:web2\ndb1\n");
    assertThat(limited("@hosts", files)).containsExactly("db1");
    assertThatThrownBy(() -> limited("~[,db1", files)).isInstanceOf(HearthException.class);
    assertThat(limited("web[0,db1", files)).containsExactly("db1");
    for (String blank : List.of("all,! db1", "web1,& web2", "all,!")) {
      assertThatThrownBy(() -> limited(blank, files))
          .as(blank)
          .hasMessageContaining("there is no name after");
    }
  }

  @Test
  void aHostBehindTheLastIsAnErrorAndNotNobody() {
    for (String pattern : List.of("web1[1]", "all:!web1[1]", "db1,web1[-2]", "web*[2]")) {
      assertThatThrownBy(() -> LAB.select(HostPattern.parse(pattern), Optional.empty()))
          .as(pattern)
          .hasMessageContaining("asks for host number");
    }
    assertThat(LAB.select(HostPattern.parse("nosuch[4]"), Optional.empty()).hosts()).isEmpty();
  }

  private static List<String> limited(String limit, SourceFiles files) {
    HostPattern read = HostPattern.parseLimit(limit, files, Path.of("/work"));
    return LAB.select(HostPattern.parse("all"), Optional.of(read)).hosts().stream()
        .map(Host::name)
        .toList();
  }

  @Test
  void saysWhatToDoWhenNothingIsLeft() {
    noHosts(() -> LAB.selectSome(HostPattern.parse("nosuch"), Optional.empty()))
        .hasMessageContaining("'nosuch'");
    noHosts(() -> LAB.selectSome(HostPattern.parse("db1"), limit("web1")))
        .hasMessageContaining("no host in common");
    noHosts(() -> Inventory.empty().selectSome(HostPattern.parse("all"), Optional.empty()))
        .hasMessageContaining("no hosts")
        .hasMessageContaining("-i ");
  }

  @Test
  void refusesWhatCannotBeRead() {
    for (String pattern : List.of("~we(b", "&", "web1,!", "web[99999999999]")) {
      assertThatThrownBy(() -> HostPattern.parse(pattern))
          .as(pattern)
          .isInstanceOfSatisfying(
              HearthException.class,
              refused -> assertThat(refused.exit()).isEqualTo(ExitCode.INVALID));
    }
  }

  @Test
  void randomPatternsGiveHostsOrAFinding() {
    String alphabet = "web1db-a.*?[]{}()!&~:,0129^$|\\+ \t\né";
    Random random = new Random(11);
    for (int round = 0; round < 20_000; round++) {
      StringBuilder pattern = new StringBuilder();
      for (int length = random.nextInt(14); length > 0; length--) {
        pattern.append(alphabet.charAt(random.nextInt(alphabet.length())));
      }
      try {
        Selection selection = LAB.select(HostPattern.parse(pattern.toString()), Optional.empty());
        assertThat(selection.hosts()).doesNotHaveDuplicates();
      } catch (HearthException refused) {
        assertThat(refused.diagnostics()).isNotEmpty();
      }
    }
  }

  @Test
  void longPatternsDoNotExhaustTheStack() {
    assertThat(names("a.".repeat(5_000) + "b")).isEmpty();
    assertThat(names("w".repeat(20_000))).isEmpty();
    assertThat(names("[".repeat(5_000))).isEmpty();
    assertThat(names("web1:".repeat(3_000))).containsExactly("web1");
  }

  private static AbstractThrowableAssert<?, ?> noHosts(ThrowingCallable selection) {
    return assertThatThrownBy(selection)
        .isInstanceOfSatisfying(
            HearthException.class,
            nothing -> {
              assertThat(nothing.exit()).isEqualTo(ExitCode.NO_HOSTS);
              assertThat(nothing.diagnostics().getFirst().next()).isNotEmpty();
            });
  }

  private static Optional<HostPattern> limit(String text) {
    return Optional.of(HostPattern.parse(text));
  }

  private static List<String> names(String pattern) {
    return LAB.select(HostPattern.parse(pattern), Optional.empty()).hosts().stream()
        .map(Host::name)
        .toList();
  }
}

package dev.hearth.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TagSelectionTest {

  /** The rows follow ansible-core 2.19; words of one cell are separated by blanks. */
  @ParameterizedTest(name = "--tags [{0}] --skip-tags [{1}]: a task with [{2}] runs: {3}")
  @CsvSource({
    "'',          '',       '',           true",
    "'',          '',       a,            true",
    "'',          '',       never,        false",
    "'',          '',       'never a',    false",
    "'',          '',       always,       true",
    "'',          '',       'always never', true",
    "a,           '',       '',           false",
    "a,           '',       a,            true",
    "a,           '',       'b a',        true",
    "a,           '',       b,            false",
    "a,           '',       always,       true",
    "a,           '',       'never a',    true",
    "a,           '',       'never b',    false",
    "never,       '',       never,        true",
    "never,       '',       a,            false",
    "all,         '',       '',           true",
    "all,         '',       never,        false",
    "tagged,      '',       '',           false",
    "tagged,      '',       a,            true",
    "tagged,      '',       never,        false",
    "untagged,    '',       '',           true",
    "untagged,    '',       a,            false",
    "untagged,    '',       always,       true",
    "'',          a,        a,            false",
    "'',          a,        'a always',   false",
    "'',          a,        b,            true",
    "'',          always,   always,       false",
    "'',          tagged,   a,            false",
    "'',          tagged,   '',           true",
    "'',          untagged, '',           false",
    "'',          untagged, a,            true",
    "'',          all,      a,            false",
    "'',          all,      always,       true",
    "a,           b,        'a b',        false",
  })
  void selects(String only, String skip, String tags, boolean runs) {
    assertThat(new TagSelection(words(only), words(skip)).selects(words(tags))).isEqualTo(runs);
  }

  private static Set<String> words(String cell) {
    return cell.isBlank() ? Set.of() : Set.of(cell.split(" "));
  }
}

package dev.hearth.view;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class ChangedKeysTest {

  @Test
  void namesWhatChangedInAFileOfKeys() {
    String before = "# the database\nDB_USER=me\nDB_PASSWORD=s3cret\nexport OLD='x'\nEMPTY=\n";
    String after = "DB_USER=me\n\nDB_PASSWORD=n3w=x\nEMPTY=\nAPI_KEY=\"k\"\n";
    assertThat(ChangedKeys.between(before, after))
        .contains("changed: DB_PASSWORD\nadded: API_KEY\nremoved: OLD\n");
    assertThat(ChangedKeys.between("---\na: 1\nb: x\n", "---\r\na: 2\r\nb: x\r\n"))
        .contains("changed: a\n");
    assertThat(ChangedKeys.between("", "A=1\nB=2\n")).contains("added: A, B\n");
    assertThat(ChangedKeys.between("A=1\n", "A=1\n")).contains("");
  }

  /** In these a name could be a piece of a secret. */
  @Test
  void namesNothingOfOtherTexts() {
    for (String text :
        List.of(
            "-----BEGIN KEY-----\nTUlJRXZR\nabc=\n",
            "dGVzdDE=\n",
            "dGVzdA==\n",
            "A=1\nJBSWY3DPEHPK3PXP\n",
            "a:\n  b: 1\n",
            "user:$2y$12$abc\n",
            "A=1\nA=2\n",
            "just text\n",
            "[section]\nkey=1\n",
            "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ=x\n")) {
      assertThat(ChangedKeys.between(text, "A=1\n")).as(text).isEmpty();
      assertThat(ChangedKeys.between("A=1\n", text)).as(text).isEmpty();
    }
  }
}

package dev.hearth.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hearth.diag.HearthException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a file of records gives back, whole, cut off anywhere, or with any bit altered. */
final class JournalTest {

  private static final Entry.Header HEADER =
      new Entry.Header(
          Entry.FORMAT, "journal", "R", "host ä", "1.0", Map.of("user", List.of("u")), List.of());

  private static final List<Entry> ENTRIES =
      List.of(
          new Entry.Intended(
              1,
              "R",
              "write \"it\"\n\t\u0001",
              "play.yml:3:7",
              "write /etc/motd ☃ 𝄞",
              "00ff",
              "root",
              List.of(
                  new Entry.Part(Entry.Kind.RESTORE, "/etc/motd"),
                  new Entry.Part(Entry.Kind.IMPOSSIBLE, "why \\ not"))),
          new Entry.Kept(1, "R", "/var/lib/hearth", List.of("absent", "-")),
          new Entry.Ended(
              1, "R", OptionalInt.of(0), "", List.of("file 644 0 0 ab", "-"), List.of()),
          new Entry.Ended(2, "R", OptionalInt.empty(), "lost", List.of(), List.of("a", "b c")),
          new Entry.Done("play.yml:3:7", 4, "{\"changed\": true}"),
          new Entry.Undone(1, "R", "drifted", "it was changed since"),
          new Entry.End(2, "2026-11-21T15:13:09Z"));

  @TempDir private Path directory;

  private static byte[] whole() {
    return JournalFile.bytes(HEADER, ENTRIES);
  }

  @Test
  void givesBackWhatWasWritten() throws IOException {
    Path file = directory.resolve("runs/R/hosts/h.journal");
    try (JournalFile journal = JournalFile.create(file, HEADER)) {
      ENTRIES.forEach(journal::append);
    }

    Journal read = Journal.read(file);

    assertThat(read.header()).isEqualTo(HEADER);
    assertThat(read.entries()).isEqualTo(ENTRIES);
    assertThat(read.torn()).isZero();
    assertThat(Files.readAllBytes(file)).isEqualTo(whole());
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
  }

  @Test
  void cutOffAtAnyByteKeepsTheWholeRecordsBefore() throws IOException {
    byte[] whole = whole();
    int firstLine = new String(whole, StandardCharsets.ISO_8859_1).indexOf('\n') + 1;
    Path file = directory.resolve("cut");
    for (int length = 0; length < whole.length; length++) {
      byte[] cut = Arrays.copyOf(whole, length);
      if (length < firstLine) {
        assertThatThrownBy(() -> Journal.of("cut", cut)).isInstanceOf(HearthException.class);
        continue;
      }
      if (length + 1 < whole.length && whole[length] == '\n') {
        // Only the end of a line is gone: no crash leaves that, as it is written with the line.
        assertThatThrownBy(() -> Journal.of("cut", Arrays.copyOf(cut, cut.length + 1)))
            .isInstanceOf(HearthException.class);
      }
      Files.write(file, cut);
      Journal read = Journal.read(file);
      assertThat(ENTRIES.subList(0, read.entries().size())).isEqualTo(read.entries());
      assertThat(read.length() + read.torn()).isEqualTo(length);

      Entry more = new Entry.End(0, "now");
      try (JournalFile journal = JournalFile.open(file)) {
        journal.append(more);
      }
      Journal goneOn = Journal.read(file);
      assertThat(goneOn.torn()).isZero();
      assertThat(goneOn.entries().getLast()).isEqualTo(more);
      assertThat(goneOn.entries()).hasSize(read.entries().size() + 1);
    }
  }

  @Test
  void noAlteredBitIsTakenForARecord() {
    byte[] whole = whole();
    for (int bit = 0; bit < whole.length * 8; bit++) {
      byte[] altered = whole.clone();
      altered[bit / 8] ^= (byte) (1 << bit % 8);
      assertThatThrownBy(() -> Journal.of("altered", altered))
          .as("bit %d", bit)
          .isInstanceOf(HearthException.class);
    }
  }

  @Test
  void noLineCanBeDroppedDoubledOrMoved() {
    List<String> lines = new String(whole(), StandardCharsets.UTF_8).lines().toList();
    for (int line = 0; line < lines.size() - 1; line++) {
      List<String> dropped = new java.util.ArrayList<>(lines);
      dropped.remove(line);
      List<String> doubled = new java.util.ArrayList<>(lines);
      doubled.add(line, lines.get(line));
      List<String> moved = new java.util.ArrayList<>(lines);
      java.util.Collections.swap(moved, line, line + 1);
      for (List<String> wrong : List.of(dropped, doubled, moved)) {
        byte[] bytes = (String.join("\n", wrong) + "\n").getBytes(StandardCharsets.UTF_8);
        assertThatThrownBy(() -> Journal.of("wrong", bytes)).isInstanceOf(HearthException.class);
      }
    }
  }

  @Test
  void aDamagedLineIsNamed() {
    byte[] altered = whole();
    altered[altered.length - 30] ^= 1;

    assertThatThrownBy(() -> Journal.of("/state/h.journal", altered))
        .hasMessageContaining("damaged")
        .satisfies(
            failure ->
                assertThat(((HearthException) failure).diagnostics().getFirst().render())
                    .contains("/state/h.journal:8:1")
                    .contains("its digest is that of another line")
                    .contains("another copy"));
  }

  @Test
  void aNewerFormatIsRefusedWithTheVersionThatWroteIt() {
    Entry.Header newer =
        new Entry.Header(Entry.FORMAT + 1, "journal", "R", "h", "9.1", Map.of(), List.of());

    assertThatThrownBy(() -> Journal.of("f", JournalFile.bytes(newer, List.of())))
        .satisfies(
            failure ->
                assertThat(((HearthException) failure).diagnostics().getFirst().render())
                    .contains("newer than this Hearth")
                    .contains("written by 9.1"));
  }

  @Test
  void hostsHaveFilesOfTheirOwn() {
    assertThat(FileName.of("host01.lab-a_b")).isEqualTo("host01.lab-a_b");
    assertThat(FileName.of("../x")).isEqualTo("%2E.%2Fx");
    assertThat(FileName.of("ä b")).isEqualTo("%C3%A4%20b");
    assertThat(FileName.of("%41")).isNotEqualTo(FileName.of("A"));
  }
}

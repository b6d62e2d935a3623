package dev.hearth.rebuild;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.diag.Location;
import dev.hearth.diag.Source;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a real awk finds in dumps, and when a dump is no backup. */
final class DumpTest {

  private static final String WHOLE =
      """
      --
      -- PostgreSQL database dump
      --

      -- Dumped from database version 17.6 (Debian 17.6-0+deb13u1)
      CREATE TABLE public.secrets (name text);
      COPY public.secrets (name, sealed) FROM stdin;
      a\tb
      COPY public.fake (x) FROM stdin;
      c\t\\\\.
      \\.


      COPY public."Empty One" (id) FROM stdin;
      \\.

      --
      -- PostgreSQL database dump complete
      --

      """;

  @TempDir private Path directory;

  private Dump read(String text) throws Exception {
    Path file = Files.writeString(directory.resolve("dump.sql"), text);
    Process awk =
        new ProcessBuilder("awk", Dump.AWK)
            .redirectInput(file.toFile())
            .redirectErrorStream(true)
            .start();
    String told = new String(awk.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(awk.waitFor()).as(told).isZero();
    return Dump.read(told);
  }

  private static BackupPlan.Database database(Map<String, Long> rows) {
    return new BackupPlan.Database(
        "infisical",
        Optional.empty(),
        "postgres",
        Optional.empty(),
        rows,
        Map.of(),
        0.5,
        Location.startOf(Source.of("backup.yml", "")));
  }

  @Test
  void rowsVersionAndTrailerAreFound() throws Exception {
    Dump dump = read(WHOLE);

    assertThat(dump.whole()).isTrue();
    assertThat(dump.version()).isEqualTo(17);
    assertThat(dump.bytes()).isEqualTo(WHOLE.length());
    assertThat(dump.rows()).isEqualTo(Map.of("public.secrets", 3L, "public.\"Empty One\"", 0L));
    assertThat(dump.wrongFor(database(Map.of("public.secrets", 3L)), 500)).isEmpty();
  }

  @Test
  void whatIsCutOffAnywhereIsNoBackup() throws Exception {
    int end = WHOLE.indexOf("-- PostgreSQL database dump complete");
    for (int at = 1; at < end; at++) {
      assertThat(read(WHOLE.substring(0, at)).whole()).as("cut at %d", at).isFalse();
    }
    assertThat(read(WHOLE.substring(0, end)).wrongFor(database(Map.of()), 0))
        .singleElement()
        .asString()
        .startsWith("it is cut off");
  }

  @Test
  void emptyFailedSmallAndPoorDumpsAreToldApart() throws Exception {
    assertThat(read("").wrongFor(database(Map.of()), 0))
        .containsExactly("it is empty or not in the snapshot");
    assertThat(read(WHOLE + "\nhearth: restic ended with 1\n").wrongFor(database(Map.of()), 0))
        .containsExactly("it is empty or not in the snapshot");
    assertThat(
            read(WHOLE).wrongFor(database(Map.of("public.secrets", 4L, "public.gone", 0L)), 9999))
        .hasSize(3)
        .anySatisfy(why -> assertThat(why).contains("suspiciously small"))
        .anySatisfy(why -> assertThat(why).contains("has 3 rows, and at least 4"))
        .anySatisfy(why -> assertThat(why).contains("public.gone is not in it"));
    assertThat(Dump.read("").whole()).isFalse();
    assertThat(List.of(Dump.read("").bytes())).containsExactly(0L);
  }
}

package dev.hearth.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.diag.ExitCode;
import dev.hearth.testhosts.TestHost;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The whole story on two bare hosts with real engines, databases and backups: provision, write,
 * back up, lose a host, rebuild it, tear it down. Longer than the other tests together, so {@code
 * bench/story} runs it and {@code ./verify} does not.
 */
@Tag("story")
class StoryIT {

  private static final String NOTES = "docker exec infisical-db psql -U infisical -d infisical ";

  private static final String RESTIC =
      ". /etc/hearth-backup/environment; restic -o sftp.args=\"$SFTP_ARGUMENTS\" backup --quiet"
          + " --host host01 ";

  @TempDir private static Path folder;

  @Test
  void aLostHostIsRebuiltFromItsBackups() throws Exception {
    try (HomelabOnTestHosts lab = HomelabOnTestHosts.start(13, folder, "host01", "ex44")) {
      Path declared = lab.withServices().resolve("backup.yml");
      Files.writeString(
          declared,
          Files.readString(declared)
              .replace(
                  "        rows: {public.secrets: 1}\n",
                  "        rows: {public.secrets: 1}\n        newest: {public.notes: written}\n"));
      provision(lab);
      backUp(lab);
      String good = snapshot(lab.hearth("backup", "list"));
      whatIsNoBackupIsRefused(lab, good);

      TestHost bare = lab.replace("host01");
      HostState before = HostState.of(bare);
      aWrongKeyIsNamed(lab, good);
      rebuild(lab, good);
      tearDown(lab, before);
      lab.nothingWrittenHasASecretInIt();
    }
  }

  private static void provision(HomelabOnTestHosts lab) {
    Outcome up = well(lab.hearth("provision", "host01", "ex44"));
    assertThat(up.out())
        .containsSubsequence(
            "ready: infisical@host01",
            "ready: traefik@host01",
            "tls: degraded: the certificate is not trusted yet",
            "ready: komodo@host01",
            "ready: periphery@ex44");
    assertThat(well(lab.hearth("status")).out()).doesNotContain("NOT");
  }

  private static void backUp(HomelabOnTestHosts lab) {
    TestHost host = lab.host("host01");
    host.sh(
        NOTES
            + "-qc \"create table notes (body text, written timestamptz default now()); insert into"
            + " notes values ('kept')\"");
    host.sh("echo precious >/etc/komodo/backups/file");
    host.sh("echo certificate >/etc/komodo/traefik/letsencrypt/acme.json");
    well(lab.hearth("recovery-kit"));
    well(lab.hearth("backup", "now"));
    assertThat(well(lab.hearth("backup", "verify")).out())
        .contains("verified: infisical", "verified: files");
    // A dump of a server that does not answer is no backup, and is not counted as one.
    host.sh("docker stop infisical-db");
    Outcome failed = lab.hearth("backup", "now");
    assertThat(failed.exit()).as(failed.text()).isEqualTo(ExitCode.HOSTS_FAILED.number());
    assertThat(failed.out()).contains("FAILED: infisical");
    host.sh("docker start infisical-db");
  }

  /** The id of the newest snapshot of the database. */
  private static String snapshot(Outcome list) {
    List<String> lines = well(list).out().lines().toList();
    String id = "";
    for (int i = 1; i < lines.size(); i++) {
      if (lines.get(i).strip().endsWith(" infisical")) {
        id = lines.get(i - 1).split("\\s+")[1];
      }
    }
    assertThat(id).matches("[0-9a-f]{8}");
    return id;
  }

  private static void whatIsNoBackupIsRefused(HomelabOnTestHosts lab, String good) {
    Outcome password = lab.hearth("rebuild", "host01", "--check", "-e", "vault_restic_password=no");
    assertThat(password.exit()).isEqualTo(ExitCode.FAILED.number());
    assertThat(password.err()).contains("the password does not open the repository");

    TestHost host = lab.host("host01");
    // The newest snapshot with the set's tag, of somebody else's.
    host.sh(RESTIC + "--tag infisical /var/backups/hearth/infisical");
    assertThat(well(lab.hearth("rebuild", "host01", "--check")).out())
        .contains("nothing is in the way");
    // The newest snapshot of the set holds a dump that is cut off.
    host.sh(
        "cd /var/backups/hearth/infisical && cp -p infisical.sql /root/whole && head -c 700"
            + " /root/whole >infisical.sql");
    host.sh(RESTIC + "--tag hearth,infisical /var/backups/hearth/infisical");
    Outcome cut = lab.hearth("rebuild", "host01", "--check");
    assertThat(cut.exit()).isEqualTo(ExitCode.FAILED.number());
    assertThat(cut.err()).contains("is no backup", "cut off");
    well(lab.hearth("rebuild", "host01", "--check", "--snapshot", "infisical=" + good));
  }

  private static void aWrongKeyIsNamed(HomelabOnTestHosts lab, String good) {
    Outcome wrong =
        lab.hearth(
            "rebuild",
            "host01",
            "--yes",
            "--snapshot",
            "infisical=" + good,
            "-e",
            "vault_infisical_encryption_key=00112233445566778899aabbccddeeff");
    assertThat(wrong.exit()).as(wrong.text()).isEqualTo(ExitCode.HOSTS_FAILED.number());
    assertThat(wrong.out())
        .contains("passed: databases", "FAILED: services")
        .contains("known:  ENCRYPTION_KEY is not the one that the database was written with");
  }

  private static void rebuild(HomelabOnTestHosts lab, String good) throws Exception {
    Outcome rebuilt =
        well(lab.hearth("rebuild", "host01", "--yes", "--snapshot", "infisical=" + good));
    assertThat(rebuilt.out())
        .containsSubsequence(
            "passed: preflight", "passed: restore", "passed: databases", "passed: services");
    TestHost host = lab.host("host01");
    assertThat(host.sh(NOTES + "-Atc 'select body from notes'")).isEqualTo("kept\n");
    assertThat(host.sh("docker exec infisical-backend read-canary")).isEqualTo("lab.test\n");
    assertThat(host.text("/etc/komodo/backups/file")).isEqualTo("precious\n");
    assertThat(host.text("/etc/komodo/traefik/letsencrypt/acme.json")).isEqualTo("certificate\n");
    // What the first attempt had imported was not thrown away by the second.
    assertThat(host.sh(NOTES + "-Atc 'select datname from pg_database'"))
        .contains("infisical_before_");
    assertThat(Files.readString(report(".json")))
        .contains("\"result\": \"passed\"", "infisical -> traefik -> komodo")
        .containsPattern("\"newest_row_age_seconds\": \"[0-9]+\"");
    assertThat(Files.readString(report(".html"))).contains("<h1>Rebuild: passed</h1>", good);
    assertThat(well(lab.hearth("status")).out()).doesNotContain("NOT");
  }

  private static void tearDown(HomelabOnTestHosts lab, HostState before) {
    // The newest snapshot holds a dump that is cut off.
    Outcome refused = lab.hearth("teardown", "host01", "--receipt", "--yes");
    assertThat(refused.exit()).isEqualTo(ExitCode.FAILED.number());
    assertThat(refused.err()).contains("host01 is not torn down", "is no backup");
    Outcome torn =
        well(lab.hearth("teardown", "host01", "--receipt", "--yes", "--without-snapshot"));
    assertThat(torn.out()).contains("steps taken back");
    before.remainsOf(lab.host("host01"), "/etc/komodo/(backups|traefik).*");
    assertThat(lab.host("host01").sh("ls /var/lib/docker/volumes/infisical_pg_data/_data"))
        .contains("PG_VERSION");
  }

  /** The newest report. */
  private static Path report(String ending) throws Exception {
    try (Stream<Path> files = Files.list(folder.resolve(".local/state/hearth/rebuilds"))) {
      return files
          .filter(file -> file.toString().endsWith(ending))
          .sorted()
          .reduce((_, later) -> later)
          .orElseThrow();
    }
  }

  private static Outcome well(Outcome outcome) {
    assertThat(outcome.exit()).as(outcome.text()).isZero();
    return outcome;
  }
}

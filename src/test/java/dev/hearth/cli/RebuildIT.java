package dev.hearth.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.diag.ExitCode;
import dev.hearth.testhosts.TestHost;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A rebuild without engines and databases, on real hosts with a real restic over SFTP: what stands
 * in its way is found before anything is deleted, it goes over a host that still runs, and it is
 * drilled on another machine.
 */
class RebuildIT {

  private static final String PROVISION =
      """
      - hosts: homelab
        become: true
        roles:
          - {role: base, tags: [base]}
          - {role: restic, tags: [restic]}
      - hosts: primary
        become: true
        tasks:
          - ansible.builtin.import_role: {name: backup}
          - ansible.builtin.copy:
              dest: /etc/systemd/system/app.service
              content: "[Service]\\nExecStart=/bin/sleep infinity\\n"
          - ansible.builtin.systemd_service: {daemon_reload: true}
          - ansible.builtin.command: touch /srv/joined-the-lab
            tags: [tailscale]
      """;

  private static final String SERVICES =
      """
      services:
        app:
          hosts: primary
          up: {unit: app.service}
          gates:
            - deep: {command: [cat, /srv/data/precious], not_empty: true}
              every: 200ms
              deadline: 20s
      """;

  private static final String BACKUP =
      """
      repository:
        host: ex44
        path: /srv/restic/host01
        password: "{{ vault_restic_password }}"
      hosts: primary
      max_age: 36h
      sets:
        - name: files
          service: app
          paths: [/srv/data]
      kit:
        - {name: the password, value: "{{ vault_restic_password }}"}
        - {name: a key that was lost, value: "{{ lost_key | default('here') }}"}
      drill:
        skip_tags: [tailscale]
        forbidden: [vault_tunnel]
      """;

  private static final String DATABASE =
      """
        - name: db
          databases:
            - name: app
              rows: {public.notes: 2}
      """;

  private static final String DUMP =
      """
      -- Dumped from database version 15.1
      COPY public.notes (body) FROM stdin;
      one
      two
      \\.
      -- PostgreSQL database dump complete
      """;

  private static final String RESTIC =
      ". /etc/hearth-backup/environment; restic -o sftp.args=\"$SFTP_ARGUMENTS\" backup --quiet"
          + " --host host01 ";

  private static final String KEYS = "cat /etc/ssh/authorized_keys.d/*";

  @TempDir private static Path folder;

  private static Path declared() {
    return folder.resolve("lab/backup.yml");
  }

  @Test
  void isSafeOnAHostThatRunsAndCanBeDrilled() throws Exception {
    try (HomelabOnTestHosts lab = HomelabOnTestHosts.start(13, folder, "host01", "ex44")) {
      Path directory = lab.withServices();
      Files.writeString(directory.resolve("playbooks/provision.yml"), PROVISION);
      Files.writeString(directory.resolve("bootstrap.yml"), SERVICES);
      Files.writeString(declared(), BACKUP);
      TestHost host = lab.host("host01");
      host.sh("mkdir /srv/data && echo precious >/srv/data/precious");
      // What a download that failed and a repository that was switched off leave behind.
      host.sh(": >/usr/bin/restic && chmod 0755 /usr/bin/restic");
      host.sh(
          "echo 'deb [trusted=yes]"
              + " https://dl.cloudsmith.io/public/infisical/infisical-cli/deb/debian trixie main'"
              + " >/etc/apt/sources.list.d/infisical-infisical-cli.list");
      well(lab.hearth("provision", "host01", "ex44", "-vvvv", "--diff"));
      host.sh("head -c 30M /dev/urandom >/srv/data/large");
      assertThat(well(lab.hearth("backup", "list")).out()).contains("no snapshots");
      well(lab.hearth("backup", "now"));

      whatIsInTheWayIsFoundBeforeAnythingIsDeleted(lab, host);
      aHostThatRunsIsRebuilt(lab, host);
      aDrillLeavesTheLabAlone(lab);
      lab.nothingWrittenHasASecretInIt();
    }
  }

  private static void refused(Outcome outcome, String why) {
    assertThat(outcome.exit()).as(outcome.text()).isNotZero();
    assertThat(outcome.text()).contains(why);
  }

  private static void whatIsInTheWayIsFoundBeforeAnythingIsDeleted(
      HomelabOnTestHosts lab, TestHost host) throws IOException {
    String before = state(host);
    well(lab.hearth("recovery-kit"));
    refused(lab.hearth("recovery-kit", "-e", "lost_key="), "a key that was lost");
    refused(lab.hearth("recovery-kit", "-e", "vault_restic_password=no"), "why: restic says");
    refused(rebuild(lab, "-e", "lost_key="), "a key that was lost");
    refused(rebuild(lab, "-e", "vault_restic_password=no"), "does not open the repository");

    Files.writeString(declared(), BACKUP.replace("kit:\n", DATABASE + "kit:\n"));
    refused(rebuild(lab), "there is no snapshot of db");
    String dump = "/var/backups/hearth/db/app.sql";
    host.sh("mkdir -p /var/backups/hearth/db && : >" + dump);
    host.sh(RESTIC + "--tag hearth,db /var/backups/hearth/db");
    refused(rebuild(lab), "it is empty");
    refused(lab.hearth("teardown", "host01", "--receipt", "--yes"), "host01 is not torn down");
    refused(lab.hearth("teardown", "host01", "--yes"), "host01 is not torn down");
    refused(lab.hearth("teardown", "ex44", "--yes"), "holds the backup repository");
    refused(lab.hearth("teardown", "ex44", "--receipt", "--yes"), "holds the backup repository");
    host.sh("cat >" + dump + " <<'END'\n" + DUMP.replaceFirst("two\n", "") + "END");
    host.sh(RESTIC + "--tag hearth,db /var/backups/hearth/db");
    refused(rebuild(lab), "at least 2 are wanted");
    host.sh("cat >" + dump + " <<'END'\n" + DUMP + "END");
    host.sh(RESTIC + "--tag hearth,db /var/backups/hearth/db");
    // The newest one with the set's tag alone is somebody else's.
    host.sh(": >" + dump + "; " + RESTIC + "--tag db /var/backups/hearth/db");
    assertThat(well(lab.hearth("rebuild", "host01", "--check")).out())
        .contains("nothing is in the way");
    Files.writeString(
        declared(),
        BACKUP.replace("path: /srv/restic/host01", "url: \"local:/srv/restic/host01\""));
    assertThat(well(lab.hearth("rebuild", "host01", "--check")).out())
        .contains("nothing is in the way");
    Files.writeString(declared(), BACKUP);
    host.sh("mount -t tmpfs -o size=40m none /var");
    refused(rebuild(lab), "are needed");
    host.sh("umount /var");
    assertThat(state(host)).isEqualTo(before);
  }

  private static Outcome rebuild(HomelabOnTestHosts lab, String... more) {
    return lab.hearth(
        Stream.concat(Stream.of("rebuild", "host01", "--yes"), Stream.of(more))
            .toArray(String[]::new));
  }

  private static String state(TestHost host) {
    return host.sh(
        "ls -lR /srv /etc/systemd/system /etc/hearth-backup; sha256sum /srv/data/*;"
            + " systemctl show -p MainPID app.service; cat /var/lib/hearth/receipt | sha256sum");
  }

  private static void aHostThatRunsIsRebuilt(HomelabOnTestHosts lab, TestHost host)
      throws IOException {
    Files.writeString(declared(), BACKUP);
    host.sh("echo newer >/srv/data/precious");
    String process = host.sh("systemctl show -p MainPID app.service");

    Outcome rebuilt = well(rebuild(lab));

    assertThat(rebuilt.out()).contains("passed: services", "kept: /srv/data.before-");
    assertThat(host.text("/srv/data/precious")).isEqualTo("precious\n");
    assertThat(host.sh("cat /srv/data.before-*/precious")).isEqualTo("newer\n");
    assertThat(host.sh("systemctl show -p MainPID app.service"))
        .as("nobody writes while data is exchanged")
        .isNotEqualTo(process);
  }

  private static void aDrillLeavesTheLabAlone(HomelabOnTestHosts lab) throws Exception {
    String keys = lab.host("ex44").sh(KEYS);
    String snapshots = snapshots(lab);
    TestHost other = lab.replace("host01");
    refused(drill(lab), "not declared as a host to throw away");
    Path variables = Files.createDirectories(folder.resolve("inventory/host_vars"));
    Files.writeString(
        variables.resolve("host01.yml"), "hearth_throw_away: true\nvault_tunnel: a token\n");
    refused(drill(lab), "'vault_tunnel' has a value");
    assertThat(other.exists("/etc/hearth-backup")).isFalse();
    Files.writeString(variables.resolve("host01.yml"), "hearth_throw_away: true\n");

    Path services = folder.resolve("lab/bootstrap.yml");
    Files.writeString(services, SERVICES.replace("precious]", "none]").replace("20s", "1s"));
    refused(drill(lab), "FAILED: services");
    assertThat(lab.host("ex44").sh(KEYS)).as("after a drill that failed").isEqualTo(keys);
    Files.writeString(services, SERVICES);

    well(drill(lab));

    assertThat(other.text("/srv/data/precious")).isEqualTo("precious\n");
    assertThat(other.exists("/srv/joined-the-lab")).isFalse();
    assertThat(other.exec("systemctl", "is-active", "hearth-backup.timer").getExitCode())
        .isNotZero();
    assertThat(lab.host("ex44").sh(KEYS)).isEqualTo(keys);
    assertThat(snapshots(lab)).isEqualTo(snapshots);
    assertThat(Files.readString(report(".json")))
        .contains("\"kind\": \"drill\"", "\"result\": \"passed\"", "waiting_milliseconds")
        .contains("age_seconds", "after_seconds", "the drill's key opens the repository no longer");
    assertThat(Files.readString(report(".html"))).contains("<h1>Rebuild: passed</h1>");
  }

  private static Outcome drill(HomelabOnTestHosts lab) {
    return rebuild(lab, "--drill");
  }

  private static String snapshots(HomelabOnTestHosts lab) {
    return lab.host("ex44").sh("ls /srv/restic/host01/snapshots /srv/restic/host01/data");
  }

  private static Path report(String ending) throws IOException {
    try (Stream<Path> files = Files.walk(folder.resolve(".local/state/hearth/drills"))) {
      List<Path> found = files.filter(file -> file.toString().endsWith(ending)).sorted().toList();
      return found.getLast();
    }
  }

  private static Outcome well(Outcome outcome) {
    assertThat(outcome.exit()).as(outcome.text()).isEqualTo(ExitCode.OK.number());
    return outcome;
  }
}

package dev.hearth.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.vault.key.Identity;
import dev.hearth.vault.key.Recipient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * A lab whose every secret is a canary, one for each way in: files and values in all formats, the
 * vault password itself, what {@code no_log} hides, what templates make of them, a key of several
 * lines, a file that is no YAML.
 */
final class CanaryLab {

  private static final Set<String> KEYS = Set.of("pw", "key");

  private static final List<String> LINES =
      List.of("-----BEGIN KEY-----", "canaryLINEONE42aZ", "canaryLINETWO77bY", "-----END KEY-----");

  private static final String LONG =
      "canary-9L'0123\"456/789\\abc" + "LoNgPaSsPhRaSe+AnD/mOrE=".repeat(5) + "the'end";

  private static final Map<String, String> CANARIES = canaries();

  private final Path folder;
  private final Lab lab;

  private static Map<String, String> canaries() {
    Map<String, String> canaries = new LinkedHashMap<>();
    canaries.put("ansible_file", "can'ary-1f\"<7>&%s/ä");
    canaries.put("hearth_file", "canary-2q $% `x`");
    canaries.put("age_file", "canary-3k+/=&\\n");
    canaries.put("ansible_value", "canary-4v{}[]");
    canaries.put("hearth_value", "canary-5w:ü#");
    canaries.put("group_value", "canary-6x!~");
    canaries.put("hidden_result", "canary-7h*?");
    canaries.put("password", "canary-8p@;");
    canaries.put(
        "identity", "AGE-SECRET-KEY-1EGTZVFFV20835NWYV6270LXYVK2VKNX2MMDKWYKLMGR48UAWX40Q2P2LM0");
    canaries.put("long_file", LONG);
    canaries.put("environment", "canary-10e/$HOME%?");
    return canaries;
  }

  /** Writes the lab below a directory. */
  CanaryLab(Path folder) throws IOException {
    this.folder = folder;
    lab = new Lab(folder);
    lab.write("pw", canary("password") + "\n");
    lab.write("key", canary("identity") + "\n");
    lab.write(
        "ansible.cfg",
        """
        [defaults]
        vault_password_file = pw
        vault_identity_list = me@key
        inventory = hosts
        fact_caching = jsonfile
        fact_caching_connection = cache
        log_path = run.log
        retry_files_enabled = true
        """);
    lab.write("hosts", "[lab]\nlocalhost ansible_connection=local\n");
    lab.write("host/hidden", canary("hidden_result"));
    lab.write("group_vars/lab/vault.yml", yaml("group_value"));
    encrypt("group_vars/lab/vault.yml", "hearth");
    for (String format : List.of("ansible", "hearth", "age")) {
      String text = yaml(format + "_file");
      lab.write(format + ".yml", format.equals("hearth") ? text + key() : text);
      encrypt(format + ".yml", format);
    }
    lab.write("inline.yml", "plain: 1\n");
    for (String format : List.of("ansible", "hearth")) {
      lab.write("value", canary(format + "_value"));
      ok(
          "vault",
          "encrypt-string",
          "--encrypt-vault-id",
          "default",
          "--format",
          format,
          "--name",
          format + "_value",
          "--output",
          format + ".inline",
          canary(format + "_value"));
      lab.write(
          "inline.yml",
          Files.readString(lab.directory().resolve("inline.yml"))
              + Files.readString(lab.directory().resolve(format + ".inline")));
      Files.delete(lab.directory().resolve(format + ".inline"));
    }
    Files.delete(lab.directory().resolve("value"));
    lab.write("templates/all.j2", "{{ everything | to_nice_json }}\n{{ private_key }}\n");
    lab.write("long.yml", yaml("long_file"));
    encrypt("long.yml", "ansible");
    lab.write("files/secret.env", "MODE=demo\nTOKEN=" + canary("environment") + "\n");
    encrypt("files/secret.env", "ansible");
  }

  /** One of them. */
  String canary(String name) {
    return Objects.requireNonNull(CANARIES.get(name));
  }

  /** The lines of the key. */
  List<String> lines() {
    return LINES;
  }

  private static String yaml(String name) {
    return name + ": '" + Objects.requireNonNull(CANARIES.get(name)).replace("'", "''") + "'\n";
  }

  private static String key() {
    return "private_key: |\n" + String.join("\n", LINES).indent(2);
  }

  /** The user's directory. */
  Lab lab() {
    return lab;
  }

  /** Adds all files that have been written, but those that are to hold secrets. */
  void files(Map<String, String> artefacts) throws IOException {
    Path host = lab.directory().resolve("host");
    Canaries.files(
        folder,
        file -> file.startsWith(host) || KEYS.contains(file.getFileName().toString()),
        artefacts);
  }

  /** Asserts that none of the artefacts has a canary in it. */
  static void lookIn(Map<String, String> artefacts) {
    Map<String, String> secrets = new LinkedHashMap<>(CANARIES);
    CANARIES.forEach(
        (name, canary) -> {
          if (canary.startsWith("can")) {
            secrets.put(name + "'s start", canary.substring(0, 8));
          }
        });
    secrets.put("line one", LINES.get(1));
    secrets.put("line two", LINES.get(2));
    new Canaries(secrets).lookIn(artefacts);
  }

  private void encrypt(String file, String format) {
    if (format.equals("age")) {
      String identity = canary("identity");
      Recipient recipient = Identity.parse(identity).orElseThrow().recipient();
      ok("vault", "encrypt", "--format", format, "-r", recipient.toString(), file);
    } else {
      ok("vault", "encrypt", "--format", format, "--encrypt-vault-id", "default", file);
    }
  }

  private void ok(String... arguments) {
    Lab.Said said = lab.hearth(arguments);
    assertThat(said.exit()).as(said.err()).isZero();
  }
}

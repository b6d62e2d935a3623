package dev.hearth.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.testhosts.PackageServer;
import dev.hearth.testhosts.TestHost;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The repository's lab on bare test hosts: its playbooks, roles and test group variables as they
 * are, with throw-away secrets and an inventory of the hosts that this test started. Commands run
 * in this process, with no environment and no home of their own.
 */
final class HomelabOnTestHosts implements AutoCloseable {
  private static final Path REPOSITORY = Path.of("").toAbsolutePath();
  private static final String VAULT_PASSWORD = "a throw-away vault password";
  private static final String PRIMARY = "host01";

  private final Path folder;
  private final PackageServer packages;
  private final Map<String, TestHost> hosts;
  private final Map<String, String> secrets;
  private final Map<String, String> told = new LinkedHashMap<>();
  private Path directory = REPOSITORY;

  private HomelabOnTestHosts(
      Path folder,
      PackageServer packages,
      Map<String, TestHost> hosts,
      Map<String, String> secrets) {
    this.folder = folder;
    this.packages = packages;
    this.hosts = hosts;
    this.secrets = secrets;
  }

  /**
   * Starts the package server and the hosts named; the one called host01 is the primary, the others
   * are secondary.
   *
   * @param folder an empty one, for the inventory and the vault password
   */
  static HomelabOnTestHosts start(int debian, Path folder, String... names) {
    PackageServer packages = PackageServer.start(debian);
    Map<String, TestHost> hosts = new LinkedHashMap<>();
    Map<String, String> secrets = new LinkedHashMap<>();
    HomelabOnTestHosts lab = new HomelabOnTestHosts(folder, packages, hosts, secrets);
    try {
      for (String name : names) {
        hosts.put(name, TestHost.start(name, packages));
      }
      lab.writeInventory();
      lab.makeSecrets();
      return lab;
    } catch (IOException | RuntimeException e) {
      lab.close();
      throw new IllegalStateException(e);
    }
  }

  /**
   * From now on commands run in a directory that has the lab's services beside its playbooks and
   * roles, as {@code test-hosts/lab} declares them.
   */
  Path withServices() throws IOException {
    Path lab = Files.createDirectory(folder.resolve("lab"));
    Files.createDirectory(lab.resolve("playbooks"));
    try (Stream<Path> files = Files.list(REPOSITORY.resolve("playbooks"))) {
      for (Path file : files.toList()) {
        Files.copy(file, lab.resolve("playbooks").resolve(file.getFileName()));
      }
    }
    for (String name : List.of("roles")) {
      Files.createSymbolicLink(lab.resolve(name), REPOSITORY.resolve(name));
    }
    Files.createSymbolicLink(
        lab.resolve("services"), REPOSITORY.resolve("test-hosts/packages/homelab/services"));
    Files.copy(REPOSITORY.resolve("ansible.cfg"), lab.resolve("ansible.cfg"));
    Path declared = REPOSITORY.resolve("test-hosts/lab");
    try (Stream<Path> files = Files.list(declared)) {
      for (Path file : files.filter(each -> !each.endsWith("images.yml")).toList()) {
        Files.copy(file, lab.resolve(file.getFileName()));
      }
    }
    Files.copy(
        declared.resolve("images.yml"), folder.resolve("inventory/group_vars/primary/images.yml"));
    directory = lab;
    return lab;
  }

  /** The host is gone with all that was on it, and a bare one takes its name. */
  TestHost replace(String name) throws IOException {
    host(name).close();
    hosts.put(name, TestHost.start(name, packages));
    writeHosts();
    return host(name);
  }

  TestHost host(String name) {
    return Objects.requireNonNull(hosts.get(name), name);
  }

  /** The value of a variable in the lab's secrets. */
  String secret(String variable) {
    return Objects.requireNonNull(secrets.get(variable), variable);
  }

  /**
   * For every secret a piece of it that no quoting or escaping changes and that nothing else can
   * hold by chance.
   */
  List<String> traces() {
    List<String> traces = new ArrayList<>();
    random().values().forEach(value -> traces.add(trace(value)));
    return traces;
  }

  /** The secrets that nothing else can be by chance. */
  private Map<String, String> random() {
    Map<String, String> random = new LinkedHashMap<>(secrets);
    random.values().removeIf(value -> trace(value).isEmpty());
    // The domain and the repository's path are no secrets of their own.
    assertThat(random).hasSize(secrets.size() - 2);
    return random;
  }

  private static String trace(String value) {
    Matcher piece = Pattern.compile("[0-9a-f]{16,}").matcher(value);
    return piece.find() ? piece.group() : "";
  }

  /**
   * Asserts that nothing that commands have said until now has a secret in it, in any encoding, and
   * none of the journals, reports and other files that they wrote on this machine.
   */
  void nothingWrittenHasASecretInIt() throws IOException {
    Map<String, String> artefacts = new LinkedHashMap<>(told);
    Canaries.files(folder, file -> file.endsWith("vault_password"), artefacts);
    assertThat(artefacts.keySet())
        .anyMatch(name -> name.endsWith("/run.journal"))
        .anyMatch(name -> name.matches(".*/hosts/[^/]*\\.journal"));
    Map<String, String> all = random();
    all.put("the vault's password", VAULT_PASSWORD);
    new Canaries(all).lookIn(artefacts);
  }

  /** Runs a command that takes the lab's inventory and vault password. */
  Outcome hearth(String... arguments) {
    List<String> all = new ArrayList<>(List.of(arguments));
    all.addAll(
        List.of("-i", folder.resolve("inventory").toString(), "--vault-password-file", password()));
    Outcome outcome = run(new byte[0], all);
    told.put(told.size() + ": " + String.join(" ", arguments), outcome.text());
    return outcome;
  }

  private Outcome run(byte[] input, List<String> arguments) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    Environment environment =
        new Environment(
            Map.of(),
            directory,
            folder,
            new ByteArrayInputStream(input),
            new PrintStream(out, true, UTF_8),
            new PrintStream(err, true, UTF_8),
            false,
            false);
    int exit = CommandLineInterface.run(environment, arguments.toArray(String[]::new));
    return new Outcome(exit, out.toString(UTF_8), err.toString(UTF_8));
  }

  private String password() {
    return folder.resolve("vault_password").toString();
  }

  private void writeInventory() throws IOException {
    Path variables = REPOSITORY.resolve("test-hosts/inventory/group_vars");
    try (Stream<Path> files = Files.walk(variables)) {
      for (Path file : files.filter(path -> path.endsWith("vars.yml")).toList()) {
        Path copy = folder.resolve("inventory/group_vars").resolve(variables.relativize(file));
        Files.createDirectories(Objects.requireNonNull(copy.getParent()));
        Files.copy(file, copy);
      }
    }
    writeHosts();
  }

  private void writeHosts() throws IOException {
    StringBuilder text = new StringBuilder("all:\n  children:\n    homelab:\n      children:\n");
    hosts.forEach(
        (name, host) -> {
          boolean primary = name.equals(PRIMARY);
          text.append(primary ? "        primary:\n" : "        secondary:\n");
          text.append("          hosts:\n            ").append(name).append(":\n");
          settings(host, primary ? "admin" : "root")
              .forEach(
                  (setting, value) ->
                      text.append("              %s: '%s'\n".formatted(setting, value)));
        });
    Files.writeString(folder.resolve("inventory/hosts.yml"), text.toString());
  }

  private Map<String, String> settings(TestHost host, String user) {
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("ansible_host", host.address());
    settings.put("ansible_port", Integer.toString(host.port()));
    settings.put("ansible_user", user);
    settings.put("ansible_ssh_private_key_file", host.clientKey().toString());
    settings.put(
        "ansible_ssh_common_args",
        "-o UserKnownHostsFile="
            + host.knownHostsFile()
            + " -o StrictHostKeyChecking=yes -o IdentitiesOnly=yes");
    // This machine reaches the hosts by mapped ports; they reach each other on their own network.
    settings.put("primary_address", host(PRIMARY).innerAddress());
    settings.put("inner_address", host.innerAddress());
    return settings;
  }

  /** As ./demo does it: the plain text goes from one program to the other and never to a disk. */
  private void makeSecrets() throws IOException {
    Files.writeString(folder.resolve("vault_password"), VAULT_PASSWORD + "\n");
    Process maker =
        new ProcessBuilder(REPOSITORY.resolve("vault/demo-secrets").toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    byte[] plain = maker.getInputStream().readAllBytes();
    Path file = folder.resolve("inventory/group_vars/all/secrets.yml");
    Outcome encrypted =
        run(
            plain,
            List.of(
                "vault",
                "encrypt",
                "--vault-password-file",
                password(),
                "--output",
                file.toString(),
                "-"));
    assertThat(encrypted).isEqualTo(new Outcome(0, "", ""));
    assertThat(file).content().startsWith("$ANSIBLE_VAULT;1.1;AES256\n");

    Matcher entry = Pattern.compile("(?m)^(\\w+): '(.*)'$").matcher(new String(plain, UTF_8));
    while (entry.find()) {
      secrets.put(entry.group(1), entry.group(2).replace("''", "'"));
    }
  }

  @Override
  public void close() {
    hosts.values().forEach(TestHost::close);
    packages.close();
  }
}

package dev.hearth.cli;

import dev.hearth.diag.Diagnostic;
import dev.hearth.diag.HearthException;
import dev.hearth.vault.SecretSources;
import dev.hearth.vault.Vault;
import dev.hearth.vault.VaultIdentity;
import dev.hearth.vault.VaultPolicy;
import dev.hearth.vault.VaultSecrets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import picocli.CommandLine.Option;

/** Where vault passwords come from. */
final class VaultOptions {

  /** Holds the password itself; Ansible has no such variable. */
  static final String PASSWORD_VARIABLE = "HEARTH_VAULT_PASSWORD";

  @Option(
      names = {"--vault-password-file", "--vault-pass-file"},
      paramLabel = "FILE",
      description = "file with the vault password, or a program that prints it; may be repeated")
  private List<String> files = new ArrayList<>();

  @Option(
      names = "--vault-id",
      paramLabel = "[LABEL@]SOURCE",
      description =
          "a vault password with its label; SOURCE is a file or the word prompt; may be repeated")
  private List<String> identities = new ArrayList<>();

  @Option(
      names = {"-J", "--ask-vault-pass", "--ask-vault-password"},
      description = "ask for the vault password")
  private boolean ask;

  /**
   * The passwords, in Ansible's order: settings, {@code --vault-id}, files, environment, prompt.
   */
  VaultSecrets secrets(Settings settings, Environment environment, boolean askWhenNone) {
    return VaultSecrets.read(
        identities(settings, environment, sources(environment), askWhenNone),
        missing -> warn(missing, environment));
  }

  private static void warn(HearthException missing, Environment environment) {
    for (Diagnostic failure : missing.diagnostics()) {
      environment
          .err()
          .println(
              Diagnostic.warning(failure.summary())
                  .because(failure.why())
                  .next("go on with the other passwords, or correct this one")
                  .render());
    }
  }

  private List<VaultIdentity> identities(
      Settings settings, Environment environment, SecretSources sources, boolean askWhenNone) {
    List<VaultIdentity> all = new ArrayList<>();
    settings
        .get("defaults", "vault_identity_list", "ANSIBLE_VAULT_IDENTITY_LIST")
        .ifPresent(
            list ->
                List.of(list.split(","))
                    .forEach(one -> all.add(VaultIdentity.parse(one.strip(), sources))));
    identities.forEach(one -> all.add(VaultIdentity.parse(one, sources)));
    String label =
        settings
            .get("defaults", "vault_identity", "ANSIBLE_VAULT_IDENTITY")
            .orElse(VaultSecrets.DEFAULT_LABEL);
    files.forEach(file -> all.add(new VaultIdentity(label, sources.file(file))));
    if (files.isEmpty()) {
      for (Path file :
          settings.paths(
              "defaults", "vault_password_file", "ANSIBLE_VAULT_PASSWORD_FILE", "\u0000")) {
        all.add(new VaultIdentity(label, sources.file(file.toString())));
      }
    }
    if (environment.variables().containsKey(PASSWORD_VARIABLE)) {
      all.add(
          new VaultIdentity(
              VaultSecrets.DEFAULT_LABEL,
              SecretSources.variable(PASSWORD_VARIABLE, environment.variables())));
    }
    boolean asked =
        ask || settings.flag("defaults", "ask_vault_pass", "ANSIBLE_ASK_VAULT_PASS", false);
    if (asked || (askWhenNone && all.isEmpty())) {
      all.add(new VaultIdentity(label, sources.asked()));
    }
    return all;
  }

  /** Settings that change how vaults open and seal. */
  static VaultPolicy policy(Settings settings) {
    return new VaultPolicy(
        settings.flag("defaults", "vault_id_match", "ANSIBLE_VAULT_ID_MATCH", false),
        settings.get("defaults", "vault_encrypt_salt", "ANSIBLE_VAULT_ENCRYPT_SALT"));
  }

  /**
   * Does something with an open vault; asks for the password when none is given. The passwords are
   * wiped afterwards.
   */
  void with(Environment environment, Consumer<Vault> work) {
    with(environment, policy(new Settings(environment)), true, work);
  }

  /** The same with other settings; the password is asked for only if it is needed. */
  void with(Environment environment, VaultPolicy policy, boolean needed, Consumer<Vault> work) {
    try (VaultSecrets secrets = secrets(new Settings(environment), environment, needed);
        Vault vault = new Vault(secrets, policy)) {
      work.accept(vault);
    }
  }

  /**
   * The same for new texts: what is typed is asked for twice, and no password may be missing that
   * could be the one to encrypt with.
   *
   * @param chosen whether the label to encrypt with is chosen
   */
  void withNew(
      Environment environment,
      VaultPolicy policy,
      boolean needed,
      boolean chosen,
      Consumer<Vault> work) {
    List<VaultIdentity> all =
        identities(
            new Settings(environment), environment, sources(environment).forNewTexts(), needed);
    Consumer<HearthException> missing =
        failure -> {
          if (!chosen) {
            throw failure;
          }
          warn(failure, environment);
        };
    try (VaultSecrets secrets = VaultSecrets.read(all, missing);
        Vault vault = new Vault(secrets, policy)) {
      work.accept(vault);
    }
  }

  /** These options as another process would have to be given them, with whole paths. */
  List<String> words(Environment environment) {
    List<String> words = new ArrayList<>();
    for (String identity : identities) {
      int start = identity.indexOf('@') + 1;
      words.add(
          "--vault-id="
              + identity.substring(0, start)
              + whole(identity.substring(start), environment));
    }
    files.forEach(file -> words.add("--vault-password-file=" + whole(file, environment)));
    return words;
  }

  private static String whole(String source, Environment environment) {
    return source.equals(SecretSources.PROMPT) || source.startsWith("~/")
        ? source
        : environment.workingDirectory().resolve(source).toString();
  }

  static SecretSources sources(Environment environment) {
    return new SecretSources(
        environment.workingDirectory(), environment.home(), new TerminalPrompt(environment)::ask);
  }
}

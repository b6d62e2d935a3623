package dev.hearth.cli;

import dev.hearth.diag.Diagnostic;
import dev.hearth.diag.ExitCode;
import dev.hearth.diag.Source;
import dev.hearth.vault.AtomicReplacement;
import dev.hearth.vault.Ciphertext;
import dev.hearth.vault.DiskFiles;
import dev.hearth.vault.FileEncryption;
import dev.hearth.vault.InlineEncryption;
import dev.hearth.vault.SecretKind;
import dev.hearth.vault.Vault;
import dev.hearth.vault.VaultedFiles;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code hearth vault generate}: makes a secret that nobody has to invent, once. */
@Command(
    name = "generate",
    mixinStandardHelpOptions = true,
    description = {
      "Make a secret and write it, encrypted, under a new key of a YAML file. A key that is there",
      "already keeps its value, so the command can be run again and again. Nothing is shown."
    })
final class VaultGenerateCommand implements Callable<Integer> {

  private final Environment environment;
  private final SecureRandom random = new SecureRandom();

  @Mixin private VaultWritingOptions writing = new VaultWritingOptions();

  @Parameters(
      index = "0",
      paramLabel = "FILE",
      description = "a YAML file, encrypted as a whole or not; a new one is made")
  private String file = "";

  @Parameters(index = "1", paramLabel = "KEY", description = "a key of the first level")
  private String key = "";

  @Option(
      names = "--kind",
      paramLabel = "KIND",
      defaultValue = "password",
      description = "hex32, base64-32, password (the default), htpasswd or argon2")
  private String kind = "password";

  @Option(
      names = "--length",
      paramLabel = "N",
      description = "how many characters a password has; 24 if not said")
  private int length = SecretKind.USUAL_LENGTH;

  @Option(
      names = "--of",
      paramLabel = "KEY",
      description =
          "the password that a hash is made of; if it is not there, it is made, too (KEY_password"
              + " if not said)")
  private @Nullable String password;

  @Option(
      names = "--user",
      paramLabel = "NAME",
      defaultValue = "admin",
      description = "the name in a line of htpasswd; admin if not said")
  private String user = "admin";

  VaultGenerateCommand(Environment environment) {
    this.environment = environment;
  }

  @Override
  public Integer call() {
    SecretKind wanted = wanted();
    checkKey(key);
    if (length < 8 || length > 1024 || user.isEmpty() || user.contains(":")) {
      throw Diagnostic.error(ExitCode.INVALID, "such a secret cannot be made")
          .because("a password has 8 to 1024 characters, a user's name has no colon")
          .next("correct --length or --user")
          .failure();
    }
    Path target = new VaultStreams(environment).path(file);
    if (Files.exists(target) && Ciphertext.isEncrypted(VaultedFiles.read(target))) {
      writing.refuseFor(file);
      writing.withKnown(environment, vault -> generate(vault, target, wanted));
    } else {
      writing.with(environment, vault -> generate(vault, target, wanted));
    }
    return ExitCode.OK.number();
  }

  private SecretKind wanted() {
    return Arrays.stream(SecretKind.values())
        .filter(one -> one.word().equals(kind))
        .findFirst()
        .orElseThrow(
            () ->
                Diagnostic.error(ExitCode.INVALID, "there is no kind of secret '" + kind + "'")
                    .because(
                        "the kinds are "
                            + Arrays.stream(SecretKind.values())
                                .map(SecretKind::word)
                                .collect(Collectors.joining(", ")))
                    .next("write one of them after --kind")
                    .failure());
  }

  private static void checkKey(String key) {
    if (!key.matches("[A-Za-z_][A-Za-z0-9_]*")) {
      throw Diagnostic.error(ExitCode.INVALID, "'" + key + "' cannot be made as a key")
          .because("only a key of the first level can be added: letters, digits and '_'")
          .next("write the value yourself, with: hearth vault encrypt-string --prompt")
          .failure();
    }
  }

  private void generate(Vault vault, Path target, SecretKind wanted) {
    if (value(vault, target, key).isPresent()) {
      environment.err().println(file + ": " + key + " is there already, and stays");
      return;
    }
    if (!wanted.isHash()) {
      add(vault, target, key, wanted.random(length, random));
      return;
    }
    String of = Optional.ofNullable(password).orElse(key + "_password");
    checkKey(of);
    Optional<String> known = value(vault, target, of);
    String hashed = known.orElseGet(() -> SecretKind.PASSWORD.random(length, random));
    if (known.isEmpty()) {
      add(vault, target, of, hashed);
    }
    add(vault, target, key, wanted.of(hashed, user, random));
  }

  private static Optional<String> value(Vault vault, Path target, String key) {
    if (!Files.exists(target)) {
      return Optional.empty();
    }
    Source source = new VaultedFiles(vault).open(target);
    VaultKey path = new VaultKey(key);
    return path.in(source).isEmpty() ? Optional.empty() : Optional.of(path.text(source, vault));
  }

  private void add(Vault vault, Path target, String name, String secret) {
    if (!Files.exists(target)) {
      AtomicReplacement.forOwnerOnly(new DiskFiles(), target, new byte[0]);
    }
    if (Ciphertext.isEncrypted(VaultedFiles.read(target))) {
      WholeFileValues values = new WholeFileValues(file, new VaultKey(name));
      new FileEncryption(vault)
          .change(target, plain -> values.with(plain, secret.getBytes(StandardCharsets.UTF_8)));
    } else {
      new InlineEncryption(vault, new DiskFiles())
          .append(
              target, name, secret.getBytes(StandardCharsets.UTF_8), writing.label(environment));
    }
    environment.err().println(file + ": " + name + " made");
  }
}

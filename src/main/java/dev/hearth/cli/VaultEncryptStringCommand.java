package dev.hearth.cli;

import dev.hearth.diag.Diagnostic;
import dev.hearth.diag.ExitCode;
import dev.hearth.vault.DiskFiles;
import dev.hearth.vault.InlineEncryption;
import dev.hearth.vault.SecretSources;
import dev.hearth.vault.Vault;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code hearth vault encrypt-string}: makes encrypted values to paste into YAML files. */
@Command(
    name = "encrypt-string",
    aliases = "encrypt_string",
    mixinStandardHelpOptions = true,
    description = {
      "Encrypt values for YAML files. Prefer --prompt or standard input:",
      "arguments are seen by others on this machine and stay in the shell's history."
    })
final class VaultEncryptStringCommand implements Callable<Integer> {

  private record Text(byte[] plain, Optional<String> name) {}

  private final Environment environment;

  @Mixin private VaultWritingOptions writing = new VaultWritingOptions();

  @Option(
      names = {"-n", "--name"},
      paramLabel = "KEY",
      description = "the key of the value; may be repeated, in the order of the values")
  private List<String> names = new ArrayList<>();

  @Option(
      names = "--stdin-name",
      paramLabel = "KEY",
      description = "the key of the value that is read from standard input")
  private @Nullable String streamName;

  @Option(
      names = {"-p", "--prompt"},
      description = "ask for the value")
  private boolean asks;

  @Option(names = "--show-input", description = "show what is typed")
  private boolean shows;

  @Mixin private VaultOutputOption output = new VaultOutputOption();

  @Parameters(
      paramLabel = "VALUE",
      arity = "0..*",
      description = "values; none or - for standard input")
  private List<String> values = List.of();

  VaultEncryptStringCommand(Environment environment) {
    this.environment = environment;
  }

  @Override
  public Integer call() {
    Optional<String> wanted = writing.label(environment);
    writing.with(environment, opened -> encrypt(opened, wanted));
    return ExitCode.OK.number();
  }

  private void encrypt(Vault opened, Optional<String> wanted) {
    InlineEncryption encryption = new InlineEncryption(opened, new DiskFiles());
    StringBuilder yaml = new StringBuilder();
    for (Text text : texts()) {
      if (text.plain().length == 0) {
        throw Diagnostic.error(ExitCode.INVALID, "there is nothing to encrypt")
            .because("the value is empty")
            .next("give a value: as standard input, or with --prompt")
            .failure();
      }
      yaml.append(encryption.yaml(text.plain(), text.name(), wanted));
      Arrays.fill(text.plain(), (byte) 0);
    }
    new VaultStreams(environment)
        .write(yaml.toString().getBytes(StandardCharsets.UTF_8), output.target());
  }

  private List<Text> texts() {
    List<Text> texts = new ArrayList<>();
    List<String> free = new ArrayList<>(names);
    if (asks) {
      texts.add(new Text(typed(), next(free)));
    }
    List<String> given = values.isEmpty() && !asks ? List.of("-") : values;
    for (String value : given) {
      texts.add(
          value.equals("-")
              ? new Text(
                  new VaultStreams(environment).standardInput(),
                  Optional.ofNullable(streamName).or(() -> next(free)))
              : new Text(value.getBytes(StandardCharsets.UTF_8), next(free)));
    }
    return texts;
  }

  private byte[] typed() {
    TerminalPrompt prompt = new TerminalPrompt(environment);
    String question = "String to encrypt" + (shows ? "" : " (hidden)") + ": ";
    return shows
        ? prompt
            .answer(question, false)
            .map(text -> text.getBytes(StandardCharsets.UTF_8))
            .orElseGet(() -> SecretSources.encoded(prompt.ask(question)))
        : SecretSources.encoded(prompt.ask(question));
  }

  private static Optional<String> next(List<String> names) {
    return names.isEmpty() ? Optional.empty() : Optional.of(names.removeFirst());
  }
}

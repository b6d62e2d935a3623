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

  private static final String STREAM = "-";

  private record Text(byte[] plain, Optional<String> name) {}

  private final Environment environment;

  @Mixin private VaultWritingOptions writing = new VaultWritingOptions();

  @Option(
      names = {"-n", "--name"},
      paramLabel = "KEY",
      description = "the key of a value; may be repeated, in the order of the values")
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

  /** In the order of {@code ansible-vault}: what is asked for, standard input, arguments. */
  private List<Text> texts() {
    List<String> given = values.stream().filter(value -> !value.equals(STREAM)).toList();
    boolean reads =
        streamName != null || given.size() < values.size() || (values.isEmpty() && !asks);
    if (asks && reads) {
      throw Diagnostic.error(
              ExitCode.INVALID, "a string cannot be asked for and read from standard input")
          .because("the answer would be taken from the same input")
          .next("leave out --prompt, or --stdin-name and -")
          .failure();
    }
    List<Text> texts = new ArrayList<>();
    List<String> free = new ArrayList<>(names);
    if (asks) {
      Optional<String> name = names.isEmpty() ? askedName() : next(free);
      texts.add(new Text(typed(), name));
    }
    if (reads) {
      Optional<String> name =
          Optional.ofNullable(streamName).or(() -> given.isEmpty() ? next(free) : Optional.empty());
      texts.add(new Text(new VaultStreams(environment).standardInput(), name));
    }
    for (String value : given) {
      texts.add(new Text(value.getBytes(StandardCharsets.UTF_8), next(free)));
    }
    return texts;
  }

  private Optional<String> askedName() {
    TerminalPrompt prompt = new TerminalPrompt(environment);
    String question = "Variable name (enter for no name): ";
    String name =
        prompt.answer(question, false).orElseGet(() -> String.valueOf(prompt.ask(question)));
    return Optional.of(name.strip()).filter(word -> !word.isEmpty());
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

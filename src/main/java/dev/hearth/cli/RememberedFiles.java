package dev.hearth.cli;

import dev.hearth.diag.HearthException;
import dev.hearth.diag.RepeatedKeys;
import dev.hearth.diag.Source;
import dev.hearth.diag.SourceFiles;
import dev.hearth.value.Value;
import dev.hearth.vault.Vault;
import dev.hearth.yaml.Node;
import dev.hearth.yaml.YamlReader;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Opens files and tells every secret that an encrypted one holds, before anybody can show it. Keys
 * that stand twice are tolerated as somebody else says.
 */
final class RememberedFiles implements SourceFiles {

  /** Also quoted, as in files of environment variables. */
  private static final Pattern SETTING =
      Pattern.compile("(?:export\\s+)?[\\w.-]+\\s*[=:]\\s*(?<quote>[\"']?)(?<value>.+?)\\k<quote>");

  /** They would hide half of the output. */
  private static final Set<String> SWITCHES =
      Set.of("true", "false", "yes", "no", "on", "off", "none", "null");

  private final SourceFiles files;
  private final RepeatedKeys repeated;
  private final Consumer<Value.Secret> secrets;

  RememberedFiles(SourceFiles files, RepeatedKeys repeated, Consumer<Value.Secret> secrets) {
    this.files = files;
    this.repeated = repeated;
    this.secrets = secrets;
  }

  @Override
  public Source open(Path file) {
    Source source = files.open(file).with(repeated);
    if (source.secret()) {
      remember(source);
    }
    return source;
  }

  @Override
  public void prepare(List<Path> all) {
    files.prepare(all);
  }

  @Override
  public Optional<Source> plain(Path file) {
    return files.plain(file);
  }

  /** Texts among them are remembered; what is none shows up nowhere as it is. */
  @Override
  public byte[] decrypted(Path file) {
    byte[] content = files.decrypted(file);
    try {
      remember(new Source(file.toString(), Vault.text(content, file.toString()), true));
    } catch (HearthException binary) {
      return content;
    }
    return content;
  }

  private void remember(Source source) {
    try {
      List<Node> documents = YamlReader.readAll(source);
      if (documents.stream().noneMatch(Node.Scalar.class::isInstance)) {
        documents.forEach(this::remember);
        return;
      }
    } catch (HearthException notYaml) {
      // Told when somebody reads it as YAML; a copied file may be anything.
    }
    source.text().lines().map(String::strip).forEach(this::rememberLine);
  }

  /**
   * A line of a key, of a template, of environment variables or of another text is taken for a
   * secret, and so is the value of a setting.
   */
  private void rememberLine(String line) {
    secrets.accept(new Value.Secret(line));
    Matcher setting = SETTING.matcher(line);
    if (setting.matches() && !SWITCHES.contains(setting.group("value").toLowerCase(Locale.ROOT))) {
      secrets.accept(new Value.Secret(setting.group("value")));
    }
  }

  /** Numbers are secrets too; booleans and nothing would hide half of the output. */
  private void remember(Node node) {
    switch (node) {
      case Node.Scalar scalar -> {
        if (scalar.type() != Node.Type.BOOL && scalar.type() != Node.Type.NULL) {
          secrets.accept(new Value.Secret(scalar.text()));
        }
      }
      case Node.Sequence list -> list.items().forEach(this::remember);
      case Node.Mapping mapping -> mapping.entries().values().forEach(this::remember);
    }
  }
}

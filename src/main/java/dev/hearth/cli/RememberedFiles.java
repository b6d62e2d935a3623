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
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Opens files and tells every secret that an encrypted one holds, before anybody can show it. Keys
 * that stand twice are tolerated as somebody else says.
 */
final class RememberedFiles implements SourceFiles {

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
      YamlReader.readAll(source).forEach(this::remember);
    } catch (HearthException notYaml) {
      // A key, a template or another text: each of its lines is taken for a secret.
      source.text().lines().forEach(line -> secrets.accept(new Value.Secret(line.strip())));
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

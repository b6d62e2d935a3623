package dev.hearth.cli;

import dev.hearth.diag.Diagnostic;
import dev.hearth.diag.ExitCode;
import dev.hearth.diag.HearthException;
import dev.hearth.diag.Source;
import dev.hearth.vault.Vault;
import dev.hearth.vault.VaultEditing;
import dev.hearth.yaml.Node;
import dev.hearth.yaml.YamlEdit;
import dev.hearth.yaml.YamlReader;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/**
 * Single values of a YAML file that is encrypted as a whole. A change is made in the text, which
 * keeps comments and order, and counts only if it changed that value and no other.
 *
 * @param name the name of the file, for people
 * @param key which value
 */
record WholeFileValues(String name, VaultKey key) implements VaultEditing.Part {

  /** Whether the value is there. */
  boolean isIn(byte[] plain) {
    return key.in(source(plain)).isPresent();
  }

  /**
   * The value as it is.
   *
   * @throws HearthException if it is not there, or is not a single value
   */
  @Override
  public byte[] value(byte[] plain) {
    return scalar(source(plain)).text().getBytes(StandardCharsets.UTF_8);
  }

  /** The file with another value, or with one more key of the first level. */
  @Override
  public byte[] with(byte[] plain, byte[] value) {
    Source before = source(plain);
    String text = Vault.text(value, "the value of " + key.path());
    String after =
        isIn(plain)
            ? YamlEdit.replaced(before, scalar(before), text)
            : YamlEdit.added(before, key.checkedNew(name), text);
    if (!changesOnlyThis(before, new Source(name, after, true), text)) {
      throw Diagnostic.error(
              ExitCode.INVALID, "'" + key.path() + "' cannot be changed alone in " + name)
          .because("other values are made from it, or the file is not a plain mapping")
          .next("change it in the editor: hearth vault edit " + name)
          .failure();
    }
    return after.getBytes(StandardCharsets.UTF_8);
  }

  private Node.Scalar scalar(Source source) {
    Node.Scalar scalar = key.scalar(source);
    if (scalar.type() == Node.Type.VAULT) {
      throw Diagnostic.error(
              scalar.at(), "'" + key.path() + "' is encrypted itself, inside of the encrypted file")
          .exit(ExitCode.INVALID)
          .because("only the outer text is opened here")
          .next("put the plain value there: hearth vault edit " + name)
          .failure();
    }
    return scalar;
  }

  private boolean changesOnlyThis(Source before, Source after, String text) {
    try {
      Map<String, Said> now = said(after);
      Said set = now.remove(key.path());
      Map<String, Said> was = said(before);
      was.remove(key.path());
      return new Said(Node.Type.TEXT, text).equals(set) && was.equals(now);
    } catch (HearthException noYaml) {
      return false;
    }
  }

  /** What a scalar says, wherever it stands. */
  private record Said(Node.Type type, String text) {}

  private static Map<String, Said> said(Source source) {
    Map<String, Said> said = new HashMap<>();
    VaultOutline.scalars(YamlReader.readAll(source))
        .forEach((path, scalar) -> said.put(path, new Said(scalar.type(), scalar.text())));
    return said;
  }

  private Source source(byte[] plain) {
    return new Source(name, Vault.text(plain, name), true);
  }
}

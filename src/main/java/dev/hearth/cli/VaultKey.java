package dev.hearth.cli;

import dev.hearth.diag.Diagnostic;
import dev.hearth.diag.ExitCode;
import dev.hearth.diag.Source;
import dev.hearth.value.Value;
import dev.hearth.vault.Ciphertext;
import dev.hearth.vault.Vault;
import dev.hearth.yaml.Node;
import dev.hearth.yaml.YamlReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * A value of a YAML file, by its keys with dots between them; a number means an item of a list.
 *
 * @param path the keys
 */
record VaultKey(String path) {

  /** The node there, if there is one. */
  Optional<Node> in(Source source) {
    Optional<Node> node = YamlReader.read(source);
    for (String part : List.of(path.split("\\."))) {
      node = node.flatMap(one -> below(one, part));
    }
    return node;
  }

  private static Optional<Node> below(Node node, String part) {
    return switch (node) {
      case Node.Mapping mapping -> mapping.get(part);
      case Node.Sequence list ->
          part.matches("\\d{1,6}") && Integer.parseInt(part) < list.items().size()
              ? Optional.of(list.items().get(Integer.parseInt(part)))
              : Optional.empty();
      case Node.Scalar scalar -> Optional.empty();
    };
  }

  /**
   * The scalar there.
   *
   * @throws dev.hearth.diag.HearthException if there is none
   */
  Node.Scalar scalar(Source source) {
    Node node =
        in(source)
            .orElseThrow(
                () ->
                    Diagnostic.error(
                            ExitCode.NOT_FOUND, source.name() + " has no key '" + path + "'")
                        .next("write the keys with dots between them, such as database.password")
                        .failure());
    if (node instanceof Node.Scalar scalar) {
      return scalar;
    }
    throw Diagnostic.error(node.at(), "'" + path + "' is " + node.kind() + ", not one value")
        .next("name a key below it")
        .failure();
  }

  /**
   * The text of the scalar there, decrypted if it is encrypted.
   *
   * @throws dev.hearth.diag.HearthException if there is none, or no password opens it
   */
  String text(Source source, Vault vault) {
    Node.Scalar scalar = scalar(source);
    return scalar.type() == Node.Type.VAULT
        ? vault.open(new Value.Vaulted(scalar.text(), scalar.textAt())).reveal()
        : scalar.text();
  }

  /** The same as bytes, which an encrypted value is without ever being a text. */
  byte[] bytes(Source source, Vault vault) {
    Node.Scalar scalar = scalar(source);
    return scalar.type() == Node.Type.VAULT
        ? vault.decrypt(Ciphertext.parse(scalar.text(), scalar.textAt()))
        : scalar.text().getBytes(StandardCharsets.UTF_8);
  }

  /**
   * The key itself, if a file can be given it.
   *
   * @param file the name of the file that lacks it
   * @throws dev.hearth.diag.HearthException if it is not one of the first level
   */
  String checkedNew(String file) {
    if (!path.matches("[A-Za-z_][A-Za-z0-9_]*")) {
      throw Diagnostic.error(ExitCode.NOT_FOUND, file + " has no key '" + path + "'")
          .because("only a key of the first level can be added: letters, digits and '_'")
          .next("write it into the file yourself, with: hearth vault encrypt-string --prompt")
          .failure();
    }
    return path;
  }

  /** The line of the header of an encrypted value. */
  int headerLine(Source source) {
    Node.Scalar scalar = scalar(source);
    if (scalar.type() != Node.Type.VAULT) {
      throw Diagnostic.error(scalar.at(), "'" + path + "' is not encrypted")
          .next("remove the plain value, then: hearth vault set " + source.name() + " " + path)
          .failure();
    }
    return scalar.textAt().line();
  }
}

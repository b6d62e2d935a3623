package dev.hearth.cli;

import dev.hearth.diag.HearthException;
import dev.hearth.diag.Source;
import dev.hearth.value.Value;
import dev.hearth.vault.Ciphertext;
import dev.hearth.vault.Vault;
import dev.hearth.yaml.Node;
import dev.hearth.yaml.YamlReader;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The values of a file by their keys, for comparing it with another revision; those of a text that
 * is no YAML by their lines.
 *
 * @param values the values, in order
 */
record VaultOutline(Map<String, Entry> values) {

  /**
   * A value.
   *
   * @param text what it is
   * @param secret whether it was encrypted
   */
  record Entry(String text, boolean secret) {}

  /** Opens a content and takes it apart. */
  static VaultOutline of(byte[] content, String name, Vault vault) {
    boolean encrypted = Ciphertext.isEncrypted(content);
    byte[] plain = encrypted ? vault.decrypt(Ciphertext.parse(content, name)) : content;
    Source source = new Source(name, new String(plain, StandardCharsets.UTF_8), encrypted);
    if (encrypted) {
      Arrays.fill(plain, (byte) 0);
    }
    Map<String, Entry> values = new LinkedHashMap<>();
    try {
      List<Node> documents = YamlReader.readAll(source);
      if (documents.stream().allMatch(Node.Scalar.class::isInstance)) {
        lines(source, values);
      } else {
        scalars(documents)
            .forEach((path, scalar) -> values.put(path, of(scalar, encrypted, vault)));
      }
    } catch (HearthException noYaml) {
      values.clear();
      lines(source, values);
    }
    return new VaultOutline(values);
  }

  private static void lines(Source source, Map<String, Entry> values) {
    int number = 1;
    for (String line : source.text().lines().toList()) {
      values.put("line " + number++, new Entry(line, source.secret()));
    }
  }

  /** The single values of a file by their keys, in order. */
  static Map<String, Node.Scalar> scalars(List<Node> documents) {
    Map<String, Node.Scalar> found = new LinkedHashMap<>();
    documents.forEach(node -> add("", node, found));
    return found;
  }

  private static void add(String path, Node node, Map<String, Node.Scalar> found) {
    String start = path.isEmpty() ? "" : path + ".";
    switch (node) {
      case Node.Mapping mapping ->
          mapping.entries().forEach((key, entry) -> add(start + key.text(), entry, found));
      case Node.Sequence list -> {
        for (int item = 0; item < list.items().size(); item++) {
          add(start + item, list.items().get(item), found);
        }
      }
      case Node.Scalar scalar -> found.put(path, scalar);
    }
  }

  private static Entry of(Node.Scalar scalar, boolean secret, Vault vault) {
    return scalar.type() == Node.Type.VAULT
        ? new Entry(opened(scalar, vault), true)
        : new Entry(scalar.text(), secret);
  }

  private static String opened(Node.Scalar scalar, Vault vault) {
    return vault.open(new Value.Vaulted(scalar.text(), scalar.textAt())).reveal();
  }

  /** One line for each value; secret ones are told by a name that only the password gives. */
  String text(Vault vault) {
    StringBuilder text = new StringBuilder();
    values.forEach(
        (key, entry) -> text.append(key).append(": ").append(shown(entry, vault)).append('\n'));
    return text.toString();
  }

  private static String shown(Entry entry, Vault vault) {
    return entry.secret()
        ? "*** " + vault.fingerprint(entry.text().getBytes(StandardCharsets.UTF_8))
        : entry.text();
  }
}

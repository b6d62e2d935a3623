package dev.hearth.vault;

import dev.hearth.diag.Diagnostic;
import dev.hearth.diag.ExitCode;
import dev.hearth.vault.strong.StrongText;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;

/** Encrypted values inside of plain YAML files: written, changed and read one by one. */
public final class InlineEncryption {

  private static final String INDENTATION = " ".repeat(10);

  private final Vault vault;
  private final FileLayer files;

  /** Seals and opens with this vault. */
  public InlineEncryption(Vault vault, FileLayer files) {
    this.vault = vault;
    this.files = files;
  }

  /**
   * A value as YAML.
   *
   * @param name the key; none for the value alone
   * @return lines with a final line end, indented by ten as {@code ansible-vault} does it
   */
  public String yaml(byte[] plain, Optional<String> name, Optional<String> label) {
    return yaml(vault.sealer(Use.VALUE, label).seal(plain), name);
  }

  private static String yaml(Ciphertext value, Optional<String> name) {
    String body =
        value.text().lines().map(line -> INDENTATION + line + "\n").collect(Collectors.joining());
    return name.map(key -> key + ": ").orElse("") + "!vault |\n" + body;
  }

  /** The plain bytes of a value as it was copied out of a file: with or without key and tag. */
  public byte[] decrypt(String copied, String name) {
    int start = Math.max(copied.indexOf(Envelope.MAGIC), copied.indexOf(StrongText.MAGIC));
    if (start < 0) {
      throw Diagnostic.error(ExitCode.INVALID, name + " holds no encrypted value")
          .because("one starts with " + Envelope.MAGIC + " or " + StrongText.MAGIC)
          .next("copy the whole value, from its header to its last line")
          .failure();
    }
    String envelope =
        copied.substring(start).lines().map(String::strip).collect(Collectors.joining("\n"));
    return vault.decrypt(Ciphertext.parse(envelope.getBytes(StandardCharsets.UTF_8), name));
  }

  /**
   * Puts another text into an encrypted value; every other byte of the file stays.
   *
   * @param line finds the line of the value's header in the file's content
   */
  public void replace(Path file, ToIntFunction<byte[]> line, byte[] plain) {
    byte[] content = VaultedFiles.read(file);
    InlineValue value = at(content, file, line.applyAsInt(content));
    Opened opened = vault.opened(value.ciphertext());
    Arrays.fill(opened.plain(), (byte) 0);
    Ciphertext sealed = opened.again().seal(plain);
    write(file, content, value.replacedIn(InlineValue.textOf(content), sealed));
  }

  /** Adds a key with an encrypted value to the end of a file. */
  public void append(Path file, String key, byte[] plain, Optional<String> label) {
    byte[] content = VaultedFiles.read(file);
    String text = InlineValue.textOf(content);
    String gap = text.isEmpty() || text.endsWith("\n") ? "" : "\n";
    String value = yaml(sealer(content, file, label).seal(plain), Optional.of(key));
    write(file, content, text + gap + value);
  }

  /** A value joins those of the file that are in our own format: they share one file key. */
  private Sealer sealer(byte[] content, Path file, Optional<String> label) {
    if (label.isEmpty() && vault.mayJoin()) {
      for (InlineValue value : InlineValue.all(InlineValue.textOf(content), file.toString())) {
        if (value.ciphertext() instanceof Ciphertext.Strong) {
          Opened opened = vault.opened(value.ciphertext());
          Arrays.fill(opened.plain(), (byte) 0);
          return opened.again();
        }
      }
    }
    return vault.sealer(Use.VALUE, label);
  }

  private void write(Path file, byte[] content, String text) {
    try (AtomicReplacement replacement =
        AtomicReplacement.prepared(
            files, file, InlineValue.bytesOf(text), FileAccess.AS_BEFORE, Optional.of(content))) {
      replacement.commit();
    } catch (ChangedMeanwhile meanwhile) {
      throw meanwhile.told().failure();
    }
  }

  /** The value whose header stands in that line. */
  static InlineValue at(byte[] content, Path file, int line) {
    List<InlineValue> values = InlineValue.all(InlineValue.textOf(content), file.toString());
    return values.stream()
        .filter(value -> value.line() == line)
        .findFirst()
        .orElseThrow(
            () ->
                Diagnostic.error(
                        ExitCode.INVALID,
                        "the value in line " + line + " of " + file + " is not a block")
                    .because("encrypted values are changed where they are written as '!vault |'")
                    .next("write it anew: hearth vault encrypt-string")
                    .failure());
  }
}

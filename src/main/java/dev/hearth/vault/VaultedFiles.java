package dev.hearth.vault;

import dev.hearth.diag.Diagnostic;
import dev.hearth.diag.ExitCode;
import dev.hearth.diag.HearthException;
import dev.hearth.diag.Location;
import dev.hearth.diag.Source;
import dev.hearth.diag.SourceFiles;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Opens the user's text files and decrypts those that are encrypted as a whole. */
public final class VaultedFiles implements SourceFiles {

  private static final long MOST_BYTES = 160L << 20;

  private static final long MOST_PREPARED_BYTES = 1L << 20;

  private final Vault vault;

  /** Files that this vault decrypts. */
  public VaultedFiles(Vault vault) {
    this.vault = vault;
  }

  @Override
  public Source open(Path file) {
    byte[] content = read(file);
    String name = file.toString();
    if (Ciphertext.isEncrypted(content)) {
      Ciphertext envelope = Ciphertext.parse(content, name);
      byte[] plain = vault.decrypt(envelope);
      try {
        if (Ciphertext.isEncrypted(plain)) {
          throw encryptedTwice(envelope).failure();
        }
        return new Source(name, Vault.text(plain, envelope.at()), true);
      } finally {
        Arrays.fill(plain, (byte) 0);
      }
    }
    return plain(content, file);
  }

  /** Large files are left out: they are read once more when they are opened. */
  @Override
  public void prepare(List<Path> all) {
    List<Ciphertext> texts = new ArrayList<>();
    for (Path file : all) {
      try {
        byte[] content = Files.size(file) > MOST_PREPARED_BYTES ? new byte[0] : read(file);
        if (Ciphertext.isEncrypted(content)) {
          texts.add(Ciphertext.parse(content, file.toString()));
        }
      } catch (IOException | HearthException told) {
        // Whoever opens it hears it.
      }
    }
    vault.prepare(texts);
  }

  @Override
  public Optional<Source> plain(Path file) {
    try {
      byte[] content = read(file);
      return Ciphertext.isEncrypted(content) ? Optional.empty() : Optional.of(plain(content, file));
    } catch (HearthException told) {
      // Whoever opens it hears it.
      return Optional.empty();
    }
  }

  private static Source plain(byte[] content, Path file) {
    Source source = new Source(file.toString(), decode(content, file));
    if (Conflict.isAround(source.text())) {
      throw Conflict.told(Location.startOf(source)).failure();
    }
    return source;
  }

  @Override
  public byte[] decrypted(Path file) {
    return vault.decrypt(Ciphertext.parse(read(file), file.toString()));
  }

  private static Diagnostic encryptedTwice(Ciphertext outer) {
    return Diagnostic.error(outer.at(), "the encrypted file holds another encrypted text")
        .exit(ExitCode.INVALID)
        .because("it was encrypted twice, and only the outer text is opened")
        .next("decrypt it once: hearth vault decrypt " + outer.at().source().name());
  }

  /** The bytes of a file, or a finding that says why there are none. */
  public static byte[] read(Path file) {
    if (!Files.exists(file)) {
      throw Diagnostic.error(ExitCode.NOT_FOUND, "the file " + file + " does not exist")
          .next("check the path; relative ones start at the current directory")
          .failure();
    }
    if (Files.isDirectory(file)) {
      throw Diagnostic.error(ExitCode.NOT_FOUND, file + " is a directory, not a file")
          .next("name a file inside it")
          .failure();
    }
    try {
      long size = Files.size(file);
      if (size > MOST_BYTES) {
        throw Diagnostic.error(ExitCode.INVALID, "the file " + file + " is too large")
            .because(
                "it has %,d bytes, and up to %,d are read into memory".formatted(size, MOST_BYTES))
            .next("check that it is the file you mean; copy large files as they are")
            .failure();
      }
      return Files.readAllBytes(file);
    } catch (IOException failure) {
      throw Diagnostic.error(ExitCode.NOT_FOUND, "the file " + file + " cannot be read")
          .because(failure.toString())
          .next("check its owner and mode: ls -l " + file)
          .failure();
    }
  }

  private static String decode(byte[] content, Path file) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(content)).toString();
    } catch (CharacterCodingException notUtf8) {
      throw Diagnostic.error(ExitCode.INVALID, "the file " + file + " is not UTF-8 text")
          .because("inventories, variables and playbooks are read as UTF-8")
          .next("convert it: iconv -f ISO-8859-1 -t UTF-8 " + file)
          .failure();
    }
  }
}

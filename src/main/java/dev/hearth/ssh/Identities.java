package dev.hearth.ssh;

import dev.hearth.value.Value;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.sshd.common.NamedResource;
import org.apache.sshd.common.config.keys.FilePasswordProvider;
import org.apache.sshd.common.session.SessionContext;
import org.apache.sshd.common.util.security.SecurityUtils;
import org.jspecify.annotations.Nullable;

/** Private keys from files; each file is read and decrypted once in a run. */
final class Identities {

  private static final String OPENSSH_MAGIC = "openssh-key-v1\0";
  private static final int ATTEMPTS = 3;

  private final Passphrases passphrases;
  private final Map<Path, Loaded> loaded = new ConcurrentHashMap<>();

  Identities(Passphrases passphrases) {
    this.passphrases = passphrases;
  }

  /** The keys of a file, or why there are none. */
  private record Loaded(List<KeyPair> keys, String problem) {}

  /** The keys of those files that can be used; notes with the attempt what was found. */
  List<KeyPair> of(Attempt attempt) {
    List<KeyPair> keys = new ArrayList<>();
    for (Path file : attempt.settings().identityFiles()) {
      if (Files.exists(file)) {
        Loaded found = loaded.computeIfAbsent(file, this::load);
        keys.addAll(found.keys());
        attempt.tried(
            "key " + file + (found.problem().isEmpty() ? "" : " (" + found.problem() + ")"));
      }
    }
    return keys;
  }

  private Loaded load(Path file) {
    Answers answers = new Answers(file);
    try (InputStream in = Files.newInputStream(file)) {
      List<KeyPair> keys = new ArrayList<>();
      Iterable<KeyPair> read =
          SecurityUtils.loadKeyPairIdentities(
              null, NamedResource.ofName(file.toString()), in, answers);
      if (read != null) {
        read.forEach(keys::add);
      }
      return new Loaded(
          keys, keys.isEmpty() ? answers.problem("no private key in a form that is known") : "");
    } catch (IOException | GeneralSecurityException failure) {
      return new Loaded(List.of(), answers.problem("cannot be read: " + failure.getMessage()));
    }
  }

  /** Hands passphrases to MINA's reader. */
  private final class Answers implements FilePasswordProvider {
    private final Path file;
    private boolean asked;
    private boolean answered;

    Answers(Path file) {
      this.file = file;
    }

    String problem(String otherwise) {
      if (!asked) {
        return otherwise;
      }
      return answered
          ? "encrypted, and the passphrase is wrong"
          : "encrypted, and no passphrase was given";
    }

    @Override
    public @Nullable String getPassword(
        @Nullable SessionContext session, NamedResource resource, int attempt) {
      asked = true;
      Optional<Value.Secret> secret = passphrases.of(file, attempt);
      answered |= secret.isPresent();
      return secret.map(Value.Secret::reveal).orElse(null);
    }

    @Override
    public ResourceDecodeResult handleDecodeAttemptResult(
        @Nullable SessionContext session,
        NamedResource resource,
        int attempt,
        @Nullable String password,
        @Nullable Exception failure) {
      if (failure == null || password == null) {
        return ResourceDecodeResult.TERMINATE;
      }
      return attempt + 1 < ATTEMPTS ? ResourceDecodeResult.RETRY : ResourceDecodeResult.TERMINATE;
    }
  }

  /**
   * The public half of a key file, without its passphrase: from FILE.pub, else from the file's
   * readable part.
   */
  Optional<HostKey> publicKey(Path file) {
    Path beside = file.resolveSibling(file.getFileName() + ".pub");
    try {
      if (Files.isRegularFile(beside)) {
        String[] words = Files.readString(beside).strip().split("\\s+");
        return words.length < 2 ? Optional.empty() : Optional.of(new HostKey(words[0], words[1]));
      }
      return Files.isRegularFile(file)
          ? fromPrivate(Files.readString(file, StandardCharsets.ISO_8859_1))
          : Optional.empty();
    } catch (IOException unreadable) {
      // Then the agent cannot be asked for this key; the file itself is told among the keys that
      // were tried.
      return Optional.empty();
    }
  }

  private static Optional<HostKey> fromPrivate(String pem) {
    String body = pem.replaceAll("-----[^-]+-----", "").replaceAll("\\s", "");
    try {
      ByteBuffer data = ByteBuffer.wrap(Base64.getDecoder().decode(body));
      byte[] magic = new byte[OPENSSH_MAGIC.length()];
      data.get(magic);
      if (!OPENSSH_MAGIC.equals(new String(magic, StandardCharsets.ISO_8859_1))) {
        return Optional.empty();
      }
      text(data);
      text(data);
      text(data);
      data.getInt();
      byte[] blob = text(data);
      String type = new String(text(ByteBuffer.wrap(blob)), StandardCharsets.US_ASCII);
      return Optional.of(new HostKey(type, Base64.getEncoder().encodeToString(blob)));
    } catch (IllegalArgumentException | java.nio.BufferUnderflowException notOpenSsh) {
      return Optional.empty();
    }
  }

  private static byte[] text(ByteBuffer data) {
    int length = data.getInt();
    if (length < 0 || length > data.remaining()) {
      throw new IllegalArgumentException("a length points behind the end");
    }
    byte[] text = new byte[length];
    data.get(text);
    return text;
  }
}

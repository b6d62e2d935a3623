package dev.hearth.vault;

import dev.hearth.diag.Diagnostic;
import dev.hearth.diag.ExitCode;
import dev.hearth.diag.Location;
import dev.hearth.diag.Source;
import dev.hearth.vault.key.HybridIdentity;
import dev.hearth.vault.key.Identity;
import dev.hearth.vault.key.Recipient;
import dev.hearth.vault.key.X25519Identity;
import dev.hearth.vault.strong.Cost;
import dev.hearth.vault.strong.FileKey;
import dev.hearth.vault.strong.Kind;
import dev.hearth.vault.strong.Stanza;
import dev.hearth.vault.strong.StrongText;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Hearth's own format. The salt of a passphrase is shared by all texts that are written in a run,
 * and taken from one that it opened before, so that its key is derived once.
 */
final class StrongScheme implements AutoCloseable {

  private record KeyName(VaultSecret secret, String salt, Cost cost) {}

  private record Salt(byte[] bytes, Cost cost) {}

  private final VaultPolicy policy;
  private final SecureRandom random;
  private final Map<KeyName, byte[]> derived = new ConcurrentHashMap<>();
  private final Map<VaultSecret, Salt> salts = new ConcurrentHashMap<>();
  private final Queue<FileKey> fileKeys = new ConcurrentLinkedQueue<>();

  StrongScheme(VaultPolicy policy, SecureRandom random) {
    this.policy = policy;
    this.random = random;
  }

  /** What is in a text; nothing if none of these secrets opens it. */
  Optional<Opened> opened(StrongText text, List<VaultSecret> candidates) {
    for (VaultSecret secret : candidates) {
      Optional<FileKey> key = withIdentities(text, secret);
      if (key.isPresent()) {
        return Optional.of(opened(text, secret, key.get()));
      }
    }
    // A guess is dear: first the passwords that bear a label of the text.
    for (boolean ofItsLabel : policy.onlyItsLabel() ? List.of(true) : List.of(true, false)) {
      for (VaultSecret secret : candidates) {
        Optional<FileKey> key = withPassword(text, secret, ofItsLabel);
        if (key.isPresent()) {
          return Optional.of(opened(text, secret, key.get()));
        }
      }
    }
    return Optional.empty();
  }

  private Opened opened(StrongText text, VaultSecret secret, FileKey key) {
    fileKeys.add(key);
    return new Opened(
        text.open(key), secret, plain -> new Ciphertext.Strong(text.with(plain, key, random)));
  }

  private static Optional<FileKey> withIdentities(StrongText text, VaultSecret secret) {
    for (Stanza stanza : text.stanzas()) {
      for (Identity identity : secret.identities()) {
        Optional<FileKey> key = withIdentity(stanza, identity);
        if (key.isPresent()) {
          return key;
        }
      }
    }
    return Optional.empty();
  }

  private static Optional<FileKey> withIdentity(Stanza stanza, Identity identity) {
    if (stanza instanceof Stanza.PublicKey to && identity instanceof X25519Identity mine) {
      return to.open(mine);
    }
    if (stanza instanceof Stanza.Hybrid to && identity instanceof HybridIdentity mine) {
      return to.open(mine);
    }
    return Optional.empty();
  }

  private Optional<FileKey> withPassword(StrongText text, VaultSecret secret, boolean ofItsLabel) {
    if (!secret.isPassword()) {
      return Optional.empty();
    }
    for (Stanza stanza : text.stanzas()) {
      if (stanza instanceof Stanza.Passphrase passphrase
          && passphrase.label().equals(secret.label()) == ofItsLabel) {
        Salt salt = new Salt(passphrase.salt(), passphrase.cost());
        Optional<FileKey> key = passphrase.open(wrapping(secret, salt, text.at()));
        if (key.isPresent()) {
          salts.putIfAbsent(secret, salt);
          return key;
        }
      }
    }
    return Optional.empty();
  }

  private byte[] wrapping(VaultSecret secret, Salt salt, Location at) {
    return derived.computeIfAbsent(
        new KeyName(secret, Arrays.toString(salt.bytes()), salt.cost()),
        name -> salt.cost().key(secret.password(), salt.bytes(), at));
  }

  /**
   * Encrypts for passwords and files of keys, and for public keys; all that it encrypts has one
   * file key.
   *
   * @param secrets may be none when there are public keys
   */
  Sealer sealer(Use use, List<VaultSecret> secrets, List<Recipient> recipients) {
    FileKey key = FileKey.random(random);
    fileKeys.add(key);
    List<Stanza> stanzas = new ArrayList<>();
    for (VaultSecret secret : secrets) {
      if (secret.isPassword()) {
        stanzas.add(passphrase(secret, key));
      }
    }
    PublicKeys.of(recipients, secrets)
        .forEach(recipient -> stanzas.add(Stanza.of(recipient, key, random)));
    Location nowhere = Location.startOf(Source.of("encrypted text", ""));
    return plain ->
        new Ciphertext.Strong(
            StrongText.of(
                use == Use.VALUE ? Kind.VALUE : Kind.ofFile(plain),
                stanzas,
                key,
                plain,
                nowhere,
                random));
  }

  private Stanza passphrase(VaultSecret secret, FileKey key) {
    if (secret.label().contains(" ")) {
      throw Diagnostic.error(
              ExitCode.INVALID, "the label '" + secret.label() + "' cannot stand in this format")
          .because("a label of Hearth's format has no blanks")
          .next("give the password under another label: --vault-id LABEL@SOURCE")
          .failure();
    }
    Salt salt =
        salts.computeIfAbsent(secret, one -> new Salt(Stanza.Passphrase.salt(random), Cost.USUAL));
    byte[] wrapping = wrapping(secret, salt, Location.startOf(Source.of("the vault password", "")));
    return Stanza.Passphrase.of(wrapping, salt.bytes(), salt.cost(), secret.label(), key, random);
  }

  @Override
  public void close() {
    derived.values().forEach(key -> Arrays.fill(key, (byte) 0));
    derived.clear();
    fileKeys.forEach(FileKey::close);
    fileKeys.clear();
  }
}

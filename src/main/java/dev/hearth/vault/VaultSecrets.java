package dev.hearth.vault;

import dev.hearth.diag.Diagnostic;
import dev.hearth.diag.ExitCode;
import dev.hearth.diag.HearthException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The vault passwords of a run, in the order in which they are tried. Closing it overwrites them.
 */
public final class VaultSecrets implements AutoCloseable {

  /** The label of a password that the user gave none. */
  public static final String DEFAULT_LABEL = "default";

  private final List<VaultSecret> inOrder;

  private VaultSecrets(List<VaultSecret> inOrder) {
    this.inOrder = List.copyOf(inOrder);
  }

  /** No password at all: every encrypted text is an error. */
  public static VaultSecrets none() {
    return new VaultSecrets(List.of());
  }

  /**
   * Reads the passwords of these identities, in order. A later password file may be encrypted with
   * an earlier password.
   *
   * @throws HearthException with {@link ExitCode#VAULT_PASSWORD} if one cannot be read or is empty
   */
  public static VaultSecrets read(List<VaultIdentity> identities) {
    return read(
        identities,
        failure -> {
          throw failure;
        });
  }

  /**
   * The same for people whose settings name files that not each of their machines has.
   *
   * @param missing is told why a file or a script gives no password, if another source gives one
   */
  public static VaultSecrets read(
      List<VaultIdentity> identities, Consumer<HearthException> missing) {
    VaultSecrets secrets = none();
    List<HearthException> failures = new ArrayList<>();
    try {
      for (VaultIdentity identity : identities) {
        try (Vault earlier = new Vault(secrets)) {
          byte[] password = identity.source().read(identity.label(), earlier);
          secrets = secrets.and(identity.label(), password);
        } catch (HearthException failure) {
          if (!identity.source().mayBeMissing()) {
            throw failure;
          }
          failures.add(failure);
        }
      }
      if (secrets.isEmpty() && !failures.isEmpty()) {
        throw failures.getLast();
      }
      failures.forEach(missing);
      return secrets;
    } catch (HearthException failure) {
      secrets.close();
      throw failure;
    }
  }

  /**
   * These passwords and one more, tried last.
   *
   * @param label its label; must not hold a {@code ;}
   * @param password its bytes, taken over: closing these secrets overwrites them
   */
  public VaultSecrets and(String label, byte[] password) {
    List<VaultSecret> more = new ArrayList<>(inOrder);
    more.add(new VaultSecret(VaultIdentity.checked(label), password));
    return new VaultSecrets(more);
  }

  /** Whether there is no password. */
  public boolean isEmpty() {
    return inOrder.isEmpty();
  }

  /** The labels in order. */
  public List<String> labels() {
    return inOrder.stream().map(VaultSecret::label).toList();
  }

  /** All of them, in order. */
  List<VaultSecret> all() {
    return inOrder;
  }

  /** The passwords to try: those with the label first, then the others, each in order. */
  List<VaultSecret> candidates(String label) {
    return Stream.concat(
            inOrder.stream().filter(secret -> secret.label().equals(label)),
            inOrder.stream().filter(secret -> !secret.label().equals(label)))
        .toList();
  }

  /** The password to encrypt with: the one with the label, or the only one there is. */
  VaultSecret encrypting(Optional<String> label) {
    if (inOrder.isEmpty()) {
      throw Diagnostic.error(ExitCode.VAULT_PASSWORD, "there is no vault password to encrypt with")
          .next("give one: --vault-password-file FILE or --ask-vault-pass")
          .failure();
    }
    List<VaultSecret> fitting =
        label.isEmpty()
            ? inOrder
            : inOrder.stream().filter(secret -> secret.label().equals(label.get())).toList();
    String known = labels().stream().distinct().collect(Collectors.joining("', '", "'", "'"));
    if (fitting.isEmpty()) {
      throw Diagnostic.error(
              ExitCode.VAULT_PASSWORD, "no vault password has the label '" + label.get() + "'")
          .because("the labels given are " + known)
          .next("add --vault-id " + label.get() + "@SOURCE, or use one of these labels")
          .failure();
    }
    if (label.isEmpty() && fitting.size() > 1) {
      throw Diagnostic.error(
              ExitCode.INVALID, "it is not clear which vault password to encrypt with")
          .because("several are given, with the labels " + known)
          .next("choose one: --encrypt-vault-id LABEL")
          .failure();
    }
    return fitting.getFirst();
  }

  @Override
  public void close() {
    inOrder.forEach(VaultSecret::close);
  }

  /** The labels alone. */
  @Override
  public String toString() {
    return labels().toString();
  }
}

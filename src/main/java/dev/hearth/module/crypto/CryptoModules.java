package dev.hearth.module.crypto;

import dev.hearth.module.Module;
import java.util.List;

/** The modules of this package, for the registry. */
public final class CryptoModules {

  private CryptoModules() {}

  /** All of them. */
  public static List<Module<?>> all() {
    return List.of(new OpensshKeypair(), new OpensslPrivatekey(), new X509Certificate());
  }
}

package dev.hearth.module.crypto;

import dev.hearth.module.Module;
import dev.hearth.module.files.FileMarking;
import java.util.List;
import java.util.Optional;

/** The modules of this package, for the registry. */
public final class CryptoModules {

  private CryptoModules() {}

  /** All of them. */
  public static List<Module<?>> all() {
    return List.of(
        new FileMarking<>(
            new OpensshKeypair(),
            OpensshKeypair.Args::attributes,
            (want, result) ->
                want.state().equals("absent")
                    ? Optional.empty()
                    : FileMarking.Target.file(want.path())),
        new FileMarking<>(
            new OpensslCsr(),
            OpensslCsr.Args::attributes,
            (want, result) ->
                want.state().equals("absent")
                    ? Optional.empty()
                    : FileMarking.Target.file(want.path())),
        new FileMarking<>(
            new OpensslPrivatekey(),
            OpensslPrivatekey.Args::attributes,
            (want, result) ->
                want.state().equals("absent")
                    ? Optional.empty()
                    : FileMarking.Target.file(want.path())),
        new FileMarking<>(
            new X509Certificate(),
            X509Certificate.Args::attributes,
            (want, result) ->
                want.state().equals("absent")
                    ? Optional.empty()
                    : FileMarking.Target.file(want.path())));
  }
}

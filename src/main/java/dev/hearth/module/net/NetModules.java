package dev.hearth.module.net;

import dev.hearth.module.Module;
import dev.hearth.module.files.FileMarking;
import java.util.List;

/** The modules of this package. */
public final class NetModules {

  private NetModules() {}

  /** One of each. */
  public static List<Module<?>> all() {
    return List.of(
        new Discord(),
        new FileMarking<>(
            new GetUrlModule(),
            GetUrlModule.Args::attributes,
            (want, result) -> FileMarking.Target.dest(result)),
        new GitModule(),
        new GithubRelease(),
        new Mail(),
        new Slack(),
        new Telegram(),
        new FileMarking<>(
            new UriModule(),
            UriModule.Args::attributes,
            (want, result) -> want.dest().flatMap(FileMarking.Target::file)),
        new WaitForModule(),
        new WakeOnLan());
  }
}

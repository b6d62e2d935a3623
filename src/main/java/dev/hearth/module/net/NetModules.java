package dev.hearth.module.net;

import dev.hearth.module.Module;
import java.util.List;

/** The modules of this package. */
public final class NetModules {

  private NetModules() {}

  /** One of each. */
  public static List<Module<?>> all() {
    return List.of(
        new Discord(),
        new GetUrlModule(),
        new GitModule(),
        new GithubRelease(),
        new Mail(),
        new Slack(),
        new Telegram(),
        new UriModule(),
        new WaitForModule(),
        new WakeOnLan());
  }
}

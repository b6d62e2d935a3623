package dev.hearth.module.system;

import dev.hearth.module.Module;
import java.util.List;

/** The modules of this package, for the registry. */
public final class SystemModules {

  private SystemModules() {}

  /** All of them. */
  public static List<Module<?>> all() {
    return List.of(
        new User(),
        new SshConfig(),
        new Filesystem(),
        new Firewalld(),
        new GitConfig(),
        new Cronvar(),
        new Seboolean(),
        new Selinux(),
        new Acl(),
        new Xattr(),
        new KnownHosts(),
        new LocaleGen(),
        new Alternatives(),
        new PamLimits(),
        new Sudoers(),
        new Capabilities(),
        new GetentModule(),
        new Iptables(),
        new Modprobe(),
        new Mount(),
        new ServiceFacts(),
        new Group(),
        new AuthorizedKey(),
        new Systemd(),
        new Service(),
        new Hostname(),
        new Timezone(),
        new Sysctl(),
        new Cron(),
        new Ufw());
  }
}

package dev.hearth.module.library;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Modules that playbooks use and that Hearth leaves out on purpose, with the reason and what to do
 * instead.
 */
public final class RefusedModules {

  private static final Reason CLUSTER =
      new Reason(
          "it speaks to a cluster's interface with Python's kubernetes library, not to a host",
          "call kubectl or helm in a command task on a host that has them");
  private static final Reason CLOUD =
      new Reason(
          "it speaks to a service's interface with a Python library, not to a host",
          "call the service's own command line tool, or use ansible.builtin.uri");
  private static final Reason WINDOWS =
      new Reason("Hearth works on POSIX hosts only", "use Ansible for hosts with Windows");
  private static final Reason DEVICE =
      new Reason("network devices have no POSIX shell", "use Ansible for network devices");
  private static final Reason MACOS =
      new Reason(
          "Hearth knows Linux hosts; macOS is not among its targets",
          "use the program itself in a command task");

  private static final Map<String, Reason> WHOLE =
      Map.ofEntries(
          Map.entry("kubernetes.core", CLUSTER),
          Map.entry("community.okd", CLUSTER),
          Map.entry("amazon.aws", CLOUD),
          Map.entry("community.aws", CLOUD),
          Map.entry("azure.azcollection", CLOUD),
          Map.entry("google.cloud", CLOUD),
          Map.entry("community.digitalocean", CLOUD),
          Map.entry("hetzner.hcloud", CLOUD),
          Map.entry("community.proxmox", CLOUD),
          Map.entry("community.hashi_vault", CLOUD),
          Map.entry("community.grafana", CLOUD),
          Map.entry("community.zabbix", CLOUD),
          Map.entry("community.vmware", CLOUD),
          Map.entry("lucasheld.uptime_kuma", CLOUD),
          Map.entry("netbox.netbox", CLOUD),
          Map.entry("onepassword.connect", CLOUD),
          Map.entry("infisical.vault", CLOUD),
          Map.entry("ansible.windows", WINDOWS),
          Map.entry("community.windows", WINDOWS),
          Map.entry("microsoft.ad", WINDOWS),
          Map.entry("ansible.netcommon", DEVICE),
          Map.entry("cisco.ios", DEVICE),
          Map.entry("community.routeros", DEVICE),
          Map.entry("arista.eos", DEVICE),
          Map.entry("junipernetworks.junos", DEVICE));

  private static final Map<String, Reason> SINGLE = single();

  private RefusedModules() {}

  /**
   * Why a module is left out.
   *
   * @param because the reason
   * @param next what to do instead
   */
  public record Reason(String because, String next) {}

  /** Why the module of that full or short name is left out; empty when it is not known here. */
  public static Optional<Reason> of(String name) {
    Reason own = SINGLE.get(name);
    if (own != null) {
      return Optional.of(own);
    }
    int last = name.lastIndexOf('.');
    return last < 0 ? Optional.empty() : Optional.ofNullable(WHOLE.get(name.substring(0, last)));
  }

  /** All single names, and all collections with a star behind them. */
  public static List<String> names() {
    TreeMap<String, Reason> all = new TreeMap<>(SINGLE);
    all.keySet().removeIf(name -> !name.contains("."));
    WHOLE.forEach((collection, reason) -> all.put(collection + ".*", reason));
    return List.copyOf(all.keySet());
  }

  private static Map<String, Reason> single() {
    Map<String, Reason> all = new TreeMap<>();
    put(
        all,
        "ansible.builtin.subversion",
        "Subversion's working copies are kept by nobody's homelab that was counted",
        "use svn in a command task, with creates");
    put(
        all,
        "community.general.homectl",
        "systemd-homed asks for passwords in records of its own, which cannot be compared",
        "use homectl in a command task");
    put(
        all,
        "community.general.java_keystore",
        "keytool and openssl write another file each time, so nothing could be compared",
        "use keytool in a command task, with creates");
    put(
        all,
        "community.general.terraform",
        "what terraform would do is terraform's own plan, with a state that is not the host's",
        "use terraform in a command task");
    for (String proxmox :
        List.of("proxmox", "proxmox_kvm", "proxmox_disk", "proxmox_nic", "proxmox_template")) {
      put(all, "community.general." + proxmox, CLOUD.because(), CLOUD.next());
    }
    for (String mac : List.of("osx_defaults", "homebrew", "homebrew_cask", "homebrew_tap")) {
      put(all, "community.general." + mac, MACOS.because(), MACOS.next());
    }
    return all;
  }

  private static void put(Map<String, Reason> all, String name, String because, String next) {
    Reason reason = new Reason(because, next);
    all.put(name, reason);
    all.put(name.substring(name.lastIndexOf('.') + 1), reason);
  }
}

package dev.hearth.module.setup;

import dev.hearth.value.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Facts about the running system as a whole: kernel, names, init, security modules, resolver. */
final class PlatformFacts {

  private static final Map<String, String> INITS =
      Map.of(
          "procd", "openwrt_init",
          "runit-init", "runit",
          "svscan", "svc",
          "openrc-init", "openrc");

  private PlatformFacts() {}

  static Map<String, Value> of(Report report) {
    String machine = report.first("machine").orElse("");
    String node = report.file("/proc/sys/kernel/hostname").orElse("localhost");
    String fqdn = fullName(report, node);
    int dot = fqdn.indexOf('.');
    Map<String, Value> facts = new TreeMap<>();
    facts.put("system", text(report.file("/proc/sys/kernel/ostype").orElse("Linux")));
    facts.put("kernel", text(report.file("/proc/sys/kernel/osrelease").orElse("")));
    facts.put("kernel_version", text(report.file("/proc/sys/kernel/version").orElse("")));
    facts.put("nodename", text(node));
    facts.put("hostname", text(node.contains(".") ? node.substring(0, node.indexOf('.')) : node));
    facts.put("fqdn", text(fqdn));
    facts.put("domain", text(dot < 0 ? "" : fqdn.substring(dot + 1)));
    facts.put("machine", text(machine));
    boolean intel = machine.equals("x86_64") || machine.matches("i[3456]86|i86pc");
    facts.put("architecture", text(machine.matches("i[3456]86|i86pc") ? "i386" : machine));
    String bits = report.first("bits").orElse(machine.endsWith("64") ? "64" : "32");
    facts.put("userspace_bits", text(bits));
    if (intel) {
      facts.put("userspace_architecture", text(bits.equals("64") ? "x86_64" : "i386"));
    }
    report
        .file("/var/lib/dbus/machine-id")
        .or(() -> report.file("/etc/machine-id"))
        .ifPresent(id -> facts.put("machine_id", text(id)));
    return facts;
  }

  /**
   * The name with its domain: from the first line of the hosts file that names this host, or from
   * the resolver.
   */
  private static String fullName(Report report, String node) {
    for (String line : report.file("/etc/hosts").orElse("").split("\n", -1)) {
      List<String> words = Report.words(line.replaceFirst("#.*", ""));
      if (words.size() > 1 && words.subList(1, words.size()).contains(node)) {
        return words.subList(1, words.size()).stream()
            .filter(name -> name.contains("."))
            .findFirst()
            .orElse(node);
      }
    }
    return report.first("fqdn").filter(name -> name.contains(".")).orElse(node);
  }

  static Map<String, Value> apparmor(Report report) {
    boolean on = report.exists("/sys/kernel/security/apparmor");
    return Map.of(
        "apparmor", Value.Dict.ofTexts(Map.of("status", text(on ? "enabled" : "disabled"))));
  }

  static Map<String, Value> capabilities(Report report) {
    String current =
        report.lines("caps").stream()
            .filter(line -> line.startsWith("Current:"))
            .map(line -> line.substring("Current:".length()).strip())
            .findFirst()
            .orElse("N/A");
    if (current.equals("N/A")) {
      return Map.of(
          "system_capabilities", text("N/A"), "system_capabilities_enforced", text("N/A"));
    }
    if (current.equals("=ep")) {
      return Map.of(
          "system_capabilities",
          new Value.Seq(List.of()),
          "system_capabilities_enforced",
          text("False"));
    }
    String names = current.replaceFirst("^=", "").replaceFirst("[+=]?[eip]+$", "").strip();
    List<Value> all = new ArrayList<>();
    for (String name : names.split(",", -1)) {
      if (!name.isBlank()) {
        all.add(text(name.strip()));
      }
    }
    return Map.of(
        "system_capabilities", new Value.Seq(all), "system_capabilities_enforced", text("True"));
  }

  static Map<String, Value> chroot(Report report) {
    List<String> roots = report.lines("roots");
    boolean elsewhere =
        roots.size() > 1
            ? !roots.get(0).equals(roots.get(1))
            : !roots.isEmpty() && !roots.getFirst().endsWith(" 2");
    return Map.of("is_chroot", Value.bool(elsewhere));
  }

  static Map<String, Value> commandLine(Report report) {
    Map<String, Value> last = new LinkedHashMap<>();
    Map<String, Value> every = new LinkedHashMap<>();
    for (String word : Report.words(report.file("/proc/cmdline").orElse(""))) {
      int equals = word.indexOf('=');
      String name = equals < 0 ? word : word.substring(0, equals);
      Value value =
          equals < 0 ? Value.bool(true) : text(word.substring(equals + 1).replace("\"", ""));
      last.put(name, value);
      every.merge(name, value, PlatformFacts::both);
    }
    return Map.of("cmdline", Value.Dict.ofTexts(last), "proc_cmdline", Value.Dict.ofTexts(every));
  }

  private static Value both(Value before, Value next) {
    List<Value> all =
        new ArrayList<>(before instanceof Value.Seq list ? list.items() : List.of(before));
    all.add(next);
    return new Value.Seq(all);
  }

  static Map<String, Value> resolver(Report report) {
    Map<String, Value> dns = new LinkedHashMap<>();
    List<Value> servers = new ArrayList<>();
    for (String line : report.file("/etc/resolv.conf").orElse("").split("\n", -1)) {
      List<String> words = Report.words(line);
      if (words.size() < 2 || line.startsWith("#") || line.startsWith(";")) {
        continue;
      }
      List<Value> rest = new ArrayList<>();
      words.subList(1, words.size()).forEach(word -> rest.add(text(word)));
      switch (words.getFirst()) {
        case "nameserver" -> {
          servers.addAll(rest);
          dns.put("nameservers", new Value.Seq(servers));
        }
        case "domain" -> dns.put("domain", rest.getFirst());
        case "search", "sortlist" -> dns.put(words.getFirst(), new Value.Seq(rest));
        case "options" -> dns.put("options", options(words.subList(1, words.size())));
        default -> {}
      }
    }
    return Map.of("dns", Value.Dict.ofTexts(dns));
  }

  private static Value options(List<String> words) {
    Map<String, Value> options = new LinkedHashMap<>();
    for (String word : words) {
      int colon = word.indexOf(':');
      options.put(
          colon < 0 ? word : word.substring(0, colon),
          colon < 0 ? Value.bool(true) : text(word.substring(colon + 1)));
    }
    return Value.Dict.ofTexts(options);
  }

  static Map<String, Value> fips(Report report) {
    return Map.of(
        "fips", Value.bool(report.file("/proc/sys/crypto/fips_enabled").orElse("").equals("1")));
  }

  static Map<String, Value> load(Report report) {
    List<String> words = Report.words(report.file("/proc/loadavg").orElse(""));
    if (words.size() < 3) {
      return Map.of();
    }
    Map<String, Value> load = new LinkedHashMap<>();
    load.put("1m", new Value.Real(Double.parseDouble(words.get(0))));
    load.put("5m", new Value.Real(Double.parseDouble(words.get(1))));
    load.put("15m", new Value.Real(Double.parseDouble(words.get(2))));
    return Map.of("loadavg", Value.Dict.ofTexts(load));
  }

  static Map<String, Value> selinux(Report report) {
    Map<String, Value> selinux = new LinkedHashMap<>();
    Optional<String> enforce = report.file("/sys/fs/selinux/enforce");
    if (enforce.isEmpty()) {
      selinux.put("status", text("disabled"));
    } else {
      Map<String, String> config = report.assignments("/etc/selinux/config");
      selinux.put("status", text("enabled"));
      selinux.put("mode", text(enforce.get().equals("1") ? "enforcing" : "permissive"));
      selinux.put("config_mode", text(config.getOrDefault("SELINUX", "unknown")));
      selinux.put("type", text(config.getOrDefault("SELINUXTYPE", "unknown")));
      selinux.put(
          "policyvers",
          report
              .file("/sys/fs/selinux/policyvers")
              .<Value>map(version -> Value.number(Long.parseLong(version)))
              .orElse(text("unknown")));
    }
    return Map.of(
        "selinux", Value.Dict.ofTexts(selinux), "selinux_python_present", Value.bool(true));
  }

  static Map<String, Value> serviceManager(Report report) {
    String first =
        report
            .file("/proc/1/comm")
            .or(() -> report.first("init").map(PlatformFacts::base))
            .orElse("");
    if (!first.isEmpty() && !first.equals("init") && !first.endsWith("sh")) {
      return Map.of("service_mgr", text(INITS.getOrDefault(first, first)));
    }
    boolean systemctl = report.exists("command systemctl");
    boolean booted =
        report.exists("/run/systemd/system")
            || report.exists("/dev/.run/systemd")
            || report.exists("/dev/.systemd");
    String name;
    if (systemctl && booted) {
      name = "systemd";
    } else if (report.exists("command initctl") && report.exists("/etc/init")) {
      name = "upstart";
    } else if (report.exists("/sbin/openrc")) {
      name = "openrc";
    } else if (systemctl
        && report.first("init").map(PlatformFacts::base).orElse("").equals("systemd")) {
      name = "systemd";
    } else if (report.exists("/etc/init.d")) {
      name = "sysvinit";
    } else {
      name = report.exists("/etc/dinit.d") ? "dinit" : "service";
    }
    return Map.of("service_mgr", text(name));
  }

  /** Version and features of systemd, where it manages the services. */
  static Map<String, Value> systemd(Report report) {
    List<String> told = report.lines("systemd");
    String[] version = told.isEmpty() ? new String[0] : told.getFirst().split(" ");
    if (told.size() < 2 || version.length < 2 || !version[1].matches("\\d{1,9}")) {
      return Map.of();
    }
    if (!text("systemd").equals(serviceManager(report).get("service_mgr"))) {
      return Map.of();
    }
    Map<String, Value> facts = new TreeMap<>();
    facts.put("features", text(told.get(1)));
    facts.put("version", Value.number(Long.parseLong(version[1])));
    return Map.of("systemd", Value.Dict.ofTexts(facts));
  }

  static Map<String, Value> hostKeys(Report report) {
    Map<String, Value> keys = new TreeMap<>();
    for (String kind : List.of("dsa", "rsa", "ecdsa", "ed25519")) {
      List<String> words =
          Report.words(report.file("/etc/ssh/ssh_host_" + kind + "_key.pub").orElse(""));
      if (words.size() > 1) {
        keys.put("ssh_host_key_" + kind + "_public", text(words.get(1)));
        keys.put("ssh_host_key_" + kind + "_public_keytype", text(words.get(0)));
      }
    }
    return keys;
  }

  static Map<String, Value> storageNames(Report report) {
    String iscsi =
        report.assignments("/etc/iscsi/initiatorname.iscsi").getOrDefault("InitiatorName", "");
    return Map.of(
        "iscsi_iqn",
        text(iscsi),
        "hostnqn",
        text(report.file("/etc/nvme/hostnqn").orElse("")),
        "fibre_channel_wwn",
        new Value.Seq(List.of()));
  }

  private static String base(String path) {
    return path.substring(path.lastIndexOf('/') + 1);
  }

  private static Value text(String characters) {
    return Value.text(characters);
  }
}

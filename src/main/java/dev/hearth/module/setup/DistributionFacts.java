package dev.hearth.module.setup;

import dev.hearth.value.Value;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Which distribution runs, by os-release and the distributions' own files. */
final class DistributionFacts {

  private static final Map<String, String> NAMES =
      Map.ofEntries(
          Map.entry("raspbian", "Debian"),
          Map.entry("rhel", "RedHat"),
          Map.entry("centos", "CentOS"),
          Map.entry("almalinux", "AlmaLinux"),
          Map.entry("ol", "OracleLinux"),
          Map.entry("amzn", "Amazon"),
          Map.entry("arch", "Archlinux"),
          Map.entry("archarm", "Archlinux"),
          Map.entry("opensuse-leap", "openSUSE Leap"),
          Map.entry("opensuse-tumbleweed", "openSUSE Tumbleweed"),
          Map.entry("linuxmint", "Linux Mint"),
          Map.entry("pop", "Pop!_OS"),
          Map.entry("osmc", "OSMC"));

  private static final Map<String, List<String>> FAMILIES =
      Map.of(
          "Debian",
          List.of(
              "Debian",
              "Ubuntu",
              "Linux Mint",
              "Kali",
              "Devuan",
              "Parrot",
              "Pop!_OS",
              "Deepin",
              "Uos",
              "OSMC",
              "Neon"),
          "RedHat",
          List.of("RedHat", "CentOS", "AlmaLinux", "Rocky", "Fedora", "OracleLinux", "Amazon"),
          "Suse",
          List.of("openSUSE Leap", "openSUSE Tumbleweed", "SLES"),
          "Archlinux",
          List.of("Archlinux", "Manjaro", "Antergos"));

  private static final Pattern DEBIAN_POINT = Pattern.compile("([0-9]+)[.]([0-9]+)");
  private static final Pattern DEBIAN_CODENAME = Pattern.compile("[^(]+ \\(?([^)]+?)\\)");

  private DistributionFacts() {}

  static Map<String, Value> of(Report report) {
    Map<String, String> release = report.assignments("/etc/os-release");
    String id = release.getOrDefault("ID", "");
    String name = NAMES.getOrDefault(id, capital(id));
    String version = release.getOrDefault("VERSION_ID", "");
    String codename = release.getOrDefault("VERSION_CODENAME", "NA");
    String path = "/etc/os-release";
    Map<String, Value> facts = new TreeMap<>();
    String point = report.file("/etc/debian_version").orElse("");
    if (name.equals("Debian")) {
      Matcher numbers = DEBIAN_POINT.matcher(point);
      if (numbers.find()) {
        facts.put("distribution_minor_version", Value.text(numbers.group(2)));
        version = id.equals("debian") && !version.contains(".") ? point : version;
      }
      Matcher pretty = DEBIAN_CODENAME.matcher(release.getOrDefault("PRETTY_NAME", ""));
      codename = pretty.find() ? pretty.group(1) : codename;
    } else if (name.equals("Alpine")) {
      version = report.file("/etc/alpine-release").orElse(version);
      path = "/etc/alpine-release";
    }
    int dot = version.indexOf('.');
    facts.put("distribution", Value.text(name));
    facts.put("distribution_version", Value.text(version));
    facts.put("distribution_release", Value.text(codename));
    facts.put(
        "distribution_major_version", Value.text(dot < 0 ? version : version.substring(0, dot)));
    facts.put("os_family", Value.text(family(name)));
    facts.put("distribution_file_path", Value.text(path));
    facts.put("distribution_file_parsed", Value.bool(true));
    facts.put(
        "distribution_file_variety", Value.text(family(name).equals("Debian") ? "Debian" : name));
    return facts;
  }

  /**
   * The family that ansible-core counts a distribution to: its own name when it is none of them.
   */
  private static String family(String distribution) {
    return FAMILIES.entrySet().stream()
        .filter(family -> family.getValue().contains(distribution))
        .map(Map.Entry::getKey)
        .findFirst()
        .orElse(distribution);
  }

  static Map<String, Value> lsb(Report report) {
    Map<String, Value> lsb = new LinkedHashMap<>();
    for (String line : report.lines("lsb")) {
      int colon = line.indexOf(':');
      if (colon > 0) {
        String value = line.substring(colon + 1).strip();
        switch (line.substring(0, colon)) {
          case "LSB Version" -> lsb.put("release", Value.text(value));
          case "Distributor ID" -> lsb.put("id", Value.text(value));
          case "Description" -> lsb.put("description", Value.text(value));
          case "Release" -> lsb.put("release", Value.text(value));
          case "Codename" -> lsb.put("codename", Value.text(value));
          default -> {}
        }
      }
    }
    if (lsb.isEmpty()) {
      report
          .assignments("/etc/lsb-release")
          .forEach(
              (key, value) -> {
                if (key.startsWith("DISTRIB_")) {
                  lsb.put(
                      key.substring("DISTRIB_".length()).toLowerCase(Locale.ROOT),
                      Value.text(value));
                }
              });
    }
    if (lsb.get("release") instanceof Value.Text release) {
      String number = release.value();
      int dot = number.indexOf('.');
      lsb.put("major_release", Value.text(dot < 0 ? number : number.substring(0, dot)));
    }
    return Map.of("lsb", Value.Dict.ofTexts(lsb));
  }

  static Map<String, Value> packageManager(Report report) {
    String found = "unknown";
    if (report.exists("command apt-get")) {
      found = "apt";
    } else if (report.exists("command dnf5")) {
      found = "dnf5";
    } else if (report.exists("/run/ostree-booted")) {
      found = "atomic_container";
    } else {
      for (String each : List.of("dnf", "yum", "apk", "pacman", "zypper", "opkg")) {
        if (found.equals("unknown") && report.exists("command " + each)) {
          found = each;
        }
      }
      found = report.exists("command xbps-install") ? "xbps" : found;
    }
    return Map.of("pkg_mgr", Value.text(found));
  }

  private static String capital(String id) {
    return id.isEmpty()
        ? "OtherLinux"
        : id.substring(0, 1).toUpperCase(Locale.ROOT) + id.substring(1).toLowerCase(Locale.ROOT);
  }
}

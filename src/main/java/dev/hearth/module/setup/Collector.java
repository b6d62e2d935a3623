package dev.hearth.module.setup;

import dev.hearth.value.Value;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * One group of facts: the names that {@code gather_subset} knows it by, the part of the script it
 * needs, and how it reads its facts from the report. The names are ansible-core's.
 */
// Its fields are set once and hold only immutable lists and method references.
@SuppressWarnings("ImmutableEnumChecker")
enum Collector {
  APPARMOR(true, "", PlatformFacts::apparmor, "apparmor"),
  CAPS(true, "caps", PlatformFacts::capabilities, "caps"),
  CHROOT(false, "", PlatformFacts::chroot, "chroot", "is_chroot"),
  CMDLINE(true, "", PlatformFacts::commandLine, "cmdline"),
  DATE_TIME(true, "date_time", ClockFacts::of, "date_time"),
  DISTRIBUTION(
      true,
      "",
      DistributionFacts::of,
      "distribution",
      "distribution_version",
      "distribution_release",
      "distribution_major_version",
      "os_family"),
  DNS(true, "", PlatformFacts::resolver, "dns"),
  ENV(true, "", UserFacts::environment, "env"),
  FIPS(true, "", PlatformFacts::fips, "fips"),
  HARDWARE(
      false,
      "hardware",
      HardwareFacts::of,
      "hardware",
      "processor",
      "processor_cores",
      "processor_count",
      "mounts",
      "devices"),
  LOADAVG(false, "", PlatformFacts::load, "loadavg"),
  LOCAL(true, "local", LocalFacts::of, "local"),
  LSB(true, "lsb", DistributionFacts::lsb, "lsb"),
  NETWORK(
      false,
      "network",
      NetworkFacts::of,
      "network",
      "interfaces",
      "default_ipv4",
      "default_ipv6",
      "all_ipv4_addresses",
      "all_ipv6_addresses"),
  PACKAGE_MANAGER(true, "", DistributionFacts::packageManager, "pkg_mgr"),
  PLATFORM(
      true,
      "platform",
      PlatformFacts::of,
      "platform",
      "system",
      "kernel",
      "kernel_version",
      "machine",
      "architecture",
      "machine_id"),
  SELINUX(true, "", PlatformFacts::selinux, "selinux"),
  SERVICE_MANAGER(true, "", PlatformFacts::serviceManager, "service_mgr"),
  SSH_KEYS(
      true,
      "",
      PlatformFacts::hostKeys,
      "ssh_pub_keys",
      "ssh_host_pub_keys",
      "ssh_host_key_rsa_public",
      "ssh_host_key_ecdsa_public",
      "ssh_host_key_ed25519_public"),
  SYSTEMD(false, "systemd", PlatformFacts::systemd, "systemd"),
  STORAGE_NAMES(false, "", PlatformFacts::storageNames, "iscsi", "nvme", "fibre_channel_wwn"),
  USER(
      true,
      "user",
      UserFacts::of,
      "user",
      "user_id",
      "user_uid",
      "user_gid",
      "user_gecos",
      "user_dir",
      "user_shell",
      "real_user_id",
      "effective_user_id",
      "effective_group_ids"),
  VIRTUAL(
      false,
      "virtual",
      VirtualizationFacts::of,
      "virtual",
      "virtualization_type",
      "virtualization_role",
      "virtualization_tech_guest",
      "virtualization_tech_host");

  private final boolean minimal;
  private final String part;
  private final Function<Report, Map<String, Value>> reader;
  private final List<String> names;

  Collector(
      boolean minimal, String part, Function<Report, Map<String, Value>> reader, String... names) {
    this.minimal = minimal;
    this.part = part;
    this.reader = reader;
    this.names = List.of(names);
  }

  /** Whether {@code min} contains it, which is always gathered unless {@code !min} is asked. */
  boolean minimal() {
    return minimal;
  }

  /** The part of the script that only it needs; empty for none. */
  String part() {
    return part;
  }

  /** Its facts, without the prefix {@code ansible_}. */
  Map<String, Value> read(Report report) {
    return reader.apply(report);
  }

  /** Whether {@code gather_subset} means it by this name. */
  boolean answersTo(String name) {
    return names.contains(name);
  }

  /** All names that {@code gather_subset} takes. */
  static Set<String> allNames() {
    Set<String> all = new TreeSet<>(Set.of("all", "min", "facter", "ohai", "python"));
    for (Collector collector : values()) {
      all.addAll(collector.names);
    }
    return all;
  }
}

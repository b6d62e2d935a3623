package dev.hearth.module.setup;

import dev.hearth.value.Value;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Whether the host is a guest or a host of virtualisation. The first sign found gives type and
 * role, every sign is listed; the order of the signs is ansible-core's.
 */
final class VirtualizationFacts {

  private static final String DMI = "/sys/devices/virtual/dmi/id/";

  private final Report report;
  private final Set<String> guests = new TreeSet<>();
  private final Set<String> hosts = new TreeSet<>();
  private Optional<String> type = Optional.empty();
  private String role = "NA";

  private VirtualizationFacts(Report report) {
    this.report = report;
  }

  static Map<String, Value> of(Report report) {
    VirtualizationFacts facts = new VirtualizationFacts(report);
    facts.containers();
    facts.xen();
    facts.machines();
    facts.modules();
    return Map.of(
        "virtualization_type",
        Value.text(facts.type.orElse("NA")),
        "virtualization_role",
        Value.text(facts.role),
        "virtualization_tech_guest",
        list(facts.guests),
        "virtualization_tech_host",
        list(facts.hosts));
  }

  private void containers() {
    for (String line : report.file("/proc/1/cgroup").orElse("").split("\n", -1)) {
      if (line.matches(".*/docker(/|-[0-9a-f]+[.]scope).*")) {
        guest("docker");
      }
      if (line.contains("/lxc/") || line.contains("/machine.slice/machine-lxc")) {
        guest("lxc");
      }
      if (line.contains("/system.slice/containerd.service")) {
        guest("containerd");
      }
    }
    for (String line : report.lines("container")) {
      if (line.contains("container=lxc")) {
        guest("lxc");
      }
      if (line.contains("container=podman")) {
        guest("podman");
      }
      guest("container");
    }
    if (report.exists("/proc/vz") && !report.exists("/proc/lve")) {
      if (report.exists("/proc/bc")) {
        host("openvz");
      } else {
        guest("openvz");
      }
    }
    Optional<String> systemd = report.file("/run/systemd/container");
    systemd.ifPresent(this::guest);
    if (report.exists("/.dockerenv") || report.exists("/.dockerinit")) {
      guest("docker");
    }
    boolean contained =
        List.of("docker", "lxc", "podman", "openvz", "containerd").stream()
            .anyMatch(guests::contains);
    if (contained || systemd.isPresent()) {
      guests.add("container");
    }
  }

  private void xen() {
    if (report.exists("/proc/xen")) {
      if (report.file("/proc/xen/capabilities").orElse("").contains("control_d")) {
        host("xen");
      } else if (type.isEmpty()) {
        found("xen", "guest");
      }
    }
  }

  private void machines() {
    String product = dmi("product_name");
    String vendor = dmi("sys_vendor");
    String bios = dmi("bios_vendor");
    if (Set.of("KVM", "KVM Server", "Bochs", "AHV", "CloudStack KVM Hypervisor")
        .contains(product)) {
      guest("kvm");
    }
    if (vendor.equals("oVirt")) {
      guest("oVirt");
    }
    if (vendor.equals("Red Hat") && dmi("product_family").equals("RHV")) {
      guest("RHV");
    } else if (vendor.equals("Red Hat") && product.equals("RHEV Hypervisor")) {
      guest("RHEV");
    }
    if (product.startsWith("VMware")) {
      guest("VMware");
    }
    if (Set.of("OpenStack Compute", "OpenStack Nova").contains(product)) {
      guest("openstack");
    }
    if (bios.equals("Xen")) {
      guest("xen");
    }
    if (bios.equals("innotek GmbH")) {
      guest("virtualbox");
    }
    if (Set.of("Amazon EC2", "DigitalOcean", "Hetzner", "Linode").contains(bios)) {
      guest("kvm");
    }
    if (Set.of("QEMU", "Amazon EC2", "DigitalOcean", "Google", "Scaleway", "Nutanix")
        .contains(vendor)) {
      guest("kvm");
    }
    Map<String, String> others =
        Map.of(
            "KubeVirt", "KubeVirt",
            "Microsoft Corporation", "VirtualPC",
            "Parallels Software International Inc.", "parallels",
            "OpenStack Foundation", "openstack");
    Optional.ofNullable(others.get(vendor)).ifPresent(this::guest);
    for (String line : report.lines("cpuinfo")) {
      if (line.matches("model name.*QEMU Virtual CPU.*")) {
        guest("kvm");
      } else if (line.matches("vendor_id.*User Mode Linux.*|model name.*UML.*")) {
        guest("uml");
      }
    }
  }

  private void modules() {
    Set<String> loaded = new TreeSet<>();
    report.lines("modules").forEach(line -> loaded.add(line.split(" ", -1)[0]));
    if (loaded.contains("kvm")) {
      host("kvm");
    }
    if (loaded.contains("vboxdrv")) {
      host("virtualbox");
    }
    if (loaded.contains("virtio")) {
      hosts.add("kvm");
      found("kvm", "guest");
    }
    if (report.exists("/dev/kvm")) {
      host("kvm");
    }
  }

  private String dmi(String name) {
    return report.file("dmi", DMI + name).orElse("");
  }

  private void guest(String technology) {
    guests.add(technology);
    found(technology, "guest");
  }

  private void host(String technology) {
    hosts.add(technology);
    found(technology, "host");
  }

  private void found(String technology, String as) {
    if (type.isEmpty()) {
      type = Optional.of(technology);
      role = as;
    }
  }

  private static Value list(Set<String> names) {
    return new Value.Seq(names.stream().map(name -> (Value) Value.text(name)).toList());
  }
}

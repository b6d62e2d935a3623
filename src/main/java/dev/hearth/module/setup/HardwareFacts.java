package dev.hearth.module.setup;

import dev.hearth.value.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Processors, memory, firmware, uptime; mounts and block devices have classes of their own. */
final class HardwareFacts {

  private static final List<String> NAMED =
      List.of("model name", "Processor", "vendor_id", "cpu", "Vendor", "processor");

  private static final List<String> FIRMWARE =
      List.of(
          "bios_date",
          "bios_vendor",
          "bios_version",
          "board_asset_tag",
          "board_name",
          "board_serial",
          "board_vendor",
          "board_version",
          "chassis_asset_tag",
          "chassis_serial",
          "chassis_vendor",
          "chassis_version",
          "product_name",
          "product_serial",
          "product_uuid",
          "product_version");

  private static final List<String> FORMS =
      List.of(
          "Unknown",
          "Other",
          "Unknown",
          "Desktop",
          "Low Profile Desktop",
          "Pizza Box",
          "Mini Tower",
          "Tower",
          "Portable",
          "Laptop",
          "Notebook",
          "Hand Held",
          "Docking Station",
          "All In One",
          "Sub Notebook",
          "Space-saving",
          "Lunch Box",
          "Main Server Chassis",
          "Expansion Chassis",
          "Sub Chassis",
          "Bus Expansion Chassis",
          "Peripheral Chassis",
          "RAID Chassis",
          "Rack Mount Chassis",
          "Sealed-case PC",
          "Multi-system",
          "CompactPCI",
          "AdvancedTCA",
          "Blade",
          "Blade Enclosure",
          "Tablet",
          "Convertible",
          "Detachable",
          "IoT Gateway",
          "Embedded PC",
          "Mini PC",
          "Stick PC");

  private HardwareFacts() {}

  static Map<String, Value> of(Report report) {
    Map<String, Value> facts = new TreeMap<>();
    processors(report, facts);
    memory(report, facts);
    firmware(report, facts);
    report
        .file("/proc/uptime")
        .ifPresent(
            text ->
                facts.put(
                    "uptime_seconds",
                    Value.number((long) Double.parseDouble(Report.words(text).getFirst()))));
    facts.putAll(MountFacts.of(report));
    facts.putAll(DeviceFacts.of(report));
    return facts;
  }

  private static void processors(Report report, Map<String, Value> facts) {
    List<Value> names = new ArrayList<>();
    Map<String, Long> sockets = new LinkedHashMap<>();
    Map<String, Long> cores = new LinkedHashMap<>();
    Map<String, Long> seen = new LinkedHashMap<>();
    String socket = "0";
    String core = "0";
    for (String line : report.lines("cpuinfo")) {
      int colon = line.indexOf(':');
      String key = (colon < 0 ? line : line.substring(0, colon)).strip();
      String value = colon < 0 ? "" : line.substring(colon + 1).strip();
      if (NAMED.contains(key)) {
        names.add(Value.text(value));
        seen.merge(key, 1L, Long::sum);
      }
      switch (key) {
        case "flags" -> facts.put("flags", texts(Report.words(value)));
        case "physical id" -> {
          socket = value;
          sockets.putIfAbsent(socket, 1L);
        }
        case "core id" -> {
          core = value;
          cores.putIfAbsent(core, 1L);
        }
        case "cpu cores" -> sockets.put(socket, Long.parseLong(value));
        case "siblings" -> cores.put(core, Long.parseLong(value));
        default -> {}
      }
    }
    String machine = report.first("machine").orElse("");
    long vendors = seen.getOrDefault("vendor_id", 0L);
    long counted =
        machine.matches("(armv|aarch|ppc).*")
            ? seen.getOrDefault("processor", 0L)
            : vendors > 0 && vendors == seen.getOrDefault("model name", 0L)
                ? vendors
                : names.size();
    long count = sockets.isEmpty() ? counted : sockets.size();
    long perSocket = sockets.values().stream().findFirst().filter(n -> n > 0).orElse(1L);
    long perCore = Math.round((double) cores.values().stream().findFirst().orElse(1L) / perSocket);
    facts.put("processor", new Value.Seq(names));
    facts.put("processor_count", Value.number(count));
    facts.put("processor_cores", Value.number(perSocket));
    facts.put("processor_threads_per_core", Value.number(perCore));
    facts.put("processor_vcpus", Value.number(perCore * count * perSocket));
    facts.put(
        "processor_nproc",
        Value.number(
            report.first("nproc").map(Long::parseLong).orElse(seen.getOrDefault("processor", 0L))));
  }

  private static void memory(Report report, Map<String, Value> facts) {
    Map<String, Long> mib = new LinkedHashMap<>();
    for (String line : report.lines("meminfo")) {
      List<String> words = Report.words(line);
      if (words.size() > 1 && words.get(1).matches("[0-9]+")) {
        mib.put(words.getFirst().replace(":", ""), Long.parseLong(words.get(1)) / 1024);
      }
    }
    long total = mib.getOrDefault("MemTotal", 0L);
    long free = mib.getOrDefault("MemFree", 0L);
    long unused = free + mib.getOrDefault("Cached", 0L) + mib.getOrDefault("Buffers", 0L);
    long swap = mib.getOrDefault("SwapTotal", 0L);
    long swapFree = mib.getOrDefault("SwapFree", 0L);
    facts.put("memtotal_mb", Value.number(total));
    facts.put("memfree_mb", Value.number(free));
    facts.put("swaptotal_mb", Value.number(swap));
    facts.put("swapfree_mb", Value.number(swapFree));
    Map<String, Value> all = new TreeMap<>();
    all.put("real", dict("total", total, "used", total - free, "free", free));
    all.put("nocache", dict("free", unused, "used", total - unused));
    all.put(
        "swap",
        dict(
            "total",
            swap,
            "free",
            swapFree,
            "used",
            swap - swapFree,
            "cached",
            mib.getOrDefault("SwapCached", 0L)));
    facts.put("memory_mb", Value.Dict.ofTexts(all));
  }

  private static void firmware(Report report, Map<String, Value> facts) {
    boolean known = report.exists("/sys/devices/virtual/dmi/id/product_name");
    for (String name : FIRMWARE) {
      facts.put(name, Value.text(known ? dmi(report, name) : "NA"));
    }
    facts.put("system_vendor", Value.text(known ? dmi(report, "sys_vendor") : "NA"));
    String form = known ? dmi(report, "chassis_type") : "NA";
    if (form.matches("[0-9]+")) {
      int number = Integer.parseInt(form);
      form = number < FORMS.size() ? FORMS.get(number) : "unknown (" + number + ")";
    }
    facts.put("form_factor", Value.text(form));
  }

  private static String dmi(Report report, String name) {
    return report
        .file("dmi", "/sys/devices/virtual/dmi/id/" + name)
        .filter(text -> !text.isEmpty())
        .orElse("NA");
  }

  private static Value dict(Object... pairs) {
    Map<String, Value> entries = new TreeMap<>();
    for (int i = 0; i < pairs.length; i += 2) {
      entries.put(pairs[i].toString(), Value.number((Long) pairs[i + 1]));
    }
    return Value.Dict.ofTexts(entries);
  }

  private static Value texts(List<String> words) {
    return new Value.Seq(words.stream().map(word -> (Value) Value.text(word)).toList());
  }
}

package dev.hearth.module.setup;

import dev.hearth.value.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The facts {@code devices} and {@code device_links}: block devices and their partitions. */
final class DeviceFacts {

  private static final List<String> KINDS = List.of("ids", "labels", "masters", "uuids");
  private static final List<String> UNITS =
      List.of("Bytes", "KB", "MB", "GB", "TB", "PB", "EB", "ZB", "YB");
  private static final Pattern CHOSEN = Pattern.compile("\\[(.*)]");

  private DeviceFacts() {}

  static Map<String, Value> of(Report report) {
    Map<String, String> attributes = report.files("block");
    Map<String, Map<String, List<String>>> links = links(report);
    Map<String, Value> devices = new TreeMap<>();
    for (String line : report.lines("blocks")) {
      String name = Report.words(line).getFirst();
      devices.put(name, device(name, attributes, links));
    }
    Map<String, Value> linked = new TreeMap<>();
    for (String kind : KINDS) {
      Map<String, Value> names = new TreeMap<>();
      links.getOrDefault(kind, Map.of()).forEach((device, all) -> names.put(device, texts(all)));
      linked.put(kind, Value.Dict.ofTexts(names));
    }
    return Map.of(
        "devices", Value.Dict.ofTexts(devices), "device_links", Value.Dict.ofTexts(linked));
  }

  private static Value device(
      String name, Map<String, String> attributes, Map<String, Map<String, List<String>>> links) {
    String dir = "/sys/block/" + name;
    Map<String, Value> device = new LinkedHashMap<>();
    device.put("virtual", Value.number(1));
    device.put("links", linksOf(name, links));
    for (String key : List.of("vendor", "model", "sas_address", "sas_device_handle")) {
      device.put(key, textOrNull(attributes, dir + "/device/" + key));
    }
    String serial = attributes.getOrDefault(dir + "/device/serial", "");
    if (!serial.isEmpty()) {
      device.put("serial", Value.text(serial));
    }
    device.put("removable", textOrNull(attributes, dir + "/removable"));
    device.put(
        "support_discard",
        "0".equals(attributes.get(dir + "/queue/discard_max_hw_bytes"))
            ? Value.text("0")
            : textOrNull(attributes, dir + "/queue/discard_granularity"));
    String sector = attributes.getOrDefault(dir + "/queue/logical_block_size", "512");
    device.put("partitions", partitions(name, sector, attributes, links));
    device.put("rotational", textOrNull(attributes, dir + "/queue/rotational"));
    Matcher scheduler = CHOSEN.matcher(attributes.getOrDefault(dir + "/queue/scheduler", ""));
    device.put("scheduler_mode", Value.text(scheduler.find() ? scheduler.group(1) : ""));
    device.put("sectorsize", Value.text(sector));
    long sectors =
        Long.parseLong(attributes.getOrDefault(dir + "/size", "0")) * 512 / Long.parseLong(sector);
    device.put("sectors", Value.number(sectors));
    device.put("size", Value.text(human((double) sectors * Long.parseLong(sector))));
    device.put("host", Value.text(""));
    device.put("holders", holders(dir, attributes));
    return Value.Dict.ofTexts(device);
  }

  private static Value partitions(
      String disk,
      String sector,
      Map<String, String> attributes,
      Map<String, Map<String, List<String>>> links) {
    Pattern start = Pattern.compile("/sys/block/" + Pattern.quote(disk) + "/([^/]+)/start");
    Map<String, Value> partitions = new TreeMap<>();
    attributes.forEach(
        (path, value) -> {
          Matcher at = start.matcher(path);
          if (at.matches()) {
            String name = at.group(1);
            String size = attributes.getOrDefault("/sys/block/" + disk + "/" + name + "/size", "0");
            long sectors = Long.parseLong(size) * 512 / Long.parseLong(sector);
            List<String> uuids =
                links.getOrDefault("uuids", Map.of()).getOrDefault(name, List.of());
            Map<String, Value> partition = new LinkedHashMap<>();
            partition.put("links", linksOf(name, links));
            partition.put("start", Value.text(value));
            partition.put("sectorsize", Value.text(sector));
            partition.put("sectors", Value.number(sectors));
            partition.put("size", Value.text(human((double) sectors * Long.parseLong(sector))));
            partition.put("uuid", uuids.isEmpty() ? Value.NULL : Value.text(uuids.getFirst()));
            partition.put("holders", new Value.Seq(List.of()));
            partitions.put(name, Value.Dict.ofTexts(partition));
          }
        });
    return Value.Dict.ofTexts(partitions);
  }

  private static Value holders(String dir, Map<String, String> attributes) {
    List<Value> holders = new ArrayList<>();
    attributes.forEach(
        (path, name) -> {
          if (path.startsWith(dir + "/holders/") && path.endsWith("/dm/name")) {
            holders.add(Value.text(name));
          }
        });
    return new Value.Seq(holders);
  }

  private static Value linksOf(String device, Map<String, Map<String, List<String>>> links) {
    Map<String, Value> all = new TreeMap<>();
    for (String kind : KINDS) {
      all.put(kind, texts(links.getOrDefault(kind, Map.of()).getOrDefault(device, List.of())));
    }
    return Value.Dict.ofTexts(all);
  }

  /** Names of devices below {@code /dev/disk} and their masters: kind, then device, then names. */
  static Map<String, Map<String, List<String>>> links(Report report) {
    Map<String, Map<String, List<String>>> links = new TreeMap<>();
    String kind = "ids";
    for (String line : report.lines("links")) {
      int arrow = line.indexOf(" -> ");
      if (line.startsWith("/dev/disk/by-")) {
        kind = line.substring("/dev/disk/by-".length()).replace(":", "") + "s";
      } else if (arrow > 0) {
        String target = line.substring(arrow + 4);
        String name = line.substring(line.lastIndexOf(' ', arrow - 1) + 1, arrow);
        add(links, kind, target.substring(target.lastIndexOf('/') + 1), name);
      }
    }
    for (String path : report.lines("slaves")) {
      List<String> parts = Report.fields(path, "/");
      add(links, "masters", parts.get(5), parts.get(3));
    }
    return links;
  }

  private static void add(
      Map<String, Map<String, List<String>>> links, String kind, String device, String name) {
    links
        .computeIfAbsent(kind, key -> new TreeMap<>())
        .computeIfAbsent(device, key -> new ArrayList<>())
        .add(name);
  }

  private static String human(double bytes) {
    int unit = 0;
    double size = bytes;
    while (size >= 1024 && unit < UNITS.size() - 1) {
      size /= 1024;
      unit++;
    }
    return String.format(Locale.ROOT, "%.2f %s", size, UNITS.get(unit));
  }

  private static Value textOrNull(Map<String, String> attributes, String path) {
    String text = attributes.getOrDefault(path, "");
    return text.isEmpty() ? Value.NULL : Value.text(text);
  }

  private static Value texts(List<String> words) {
    return new Value.Seq(words.stream().map(word -> (Value) Value.text(word)).toList());
  }
}

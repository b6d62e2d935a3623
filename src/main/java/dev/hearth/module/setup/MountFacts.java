package dev.hearth.module.setup;

import dev.hearth.value.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The fact {@code mounts}: file systems on devices and network shares, with their sizes. */
final class MountFacts {

  private MountFacts() {}

  static Map<String, Value> of(Report report) {
    Map<String, List<String>> sizes = sizes(report);
    Set<String> bound = bound(report);
    Map<String, String> uuids = uuids(report);
    Map<String, Value> byMount = new LinkedHashMap<>();
    for (String line : report.lines("mounts")) {
      List<String> fields = Report.words(line).stream().map(MountFacts::plain).toList();
      if (fields.size() < 6 || !shown(fields.get(0), fields.get(2))) {
        continue;
      }
      String mount = fields.get(1);
      Map<String, Value> info = new LinkedHashMap<>();
      info.put("mount", Value.text(mount));
      info.put("device", Value.text(fields.get(0)));
      info.put("fstype", Value.text(fields.get(2)));
      info.put("options", Value.text(fields.get(3) + (bound.contains(mount) ? ",bind" : "")));
      info.put("dump", Value.number(Long.parseLong(fields.get(4))));
      info.put("passno", Value.number(Long.parseLong(fields.get(5))));
      List<String> size = sizes.get(mount);
      if (size != null) {
        addSizes(info, size);
      }
      info.put("uuid", Value.text(uuids.getOrDefault(fields.get(0), "N/A")));
      byMount.put(mount, Value.Dict.ofTexts(info));
    }
    return Map.of("mounts", new Value.Seq(new ArrayList<>(byMount.values())));
  }

  private static boolean shown(String device, String type) {
    return (device.startsWith("/") || device.contains(":/")) && !type.equals("none");
  }

  private static void addSizes(Map<String, Value> info, List<String> size) {
    long fragment = Long.parseLong(size.get(0));
    long blocks = Long.parseLong(size.get(2));
    long available = Long.parseLong(size.get(3));
    long inodes = Long.parseLong(size.get(4));
    long freeInodes = Long.parseLong(size.get(5));
    info.put("size_total", Value.number(fragment * blocks));
    info.put("size_available", Value.number(fragment * available));
    info.put("block_size", Value.number(Long.parseLong(size.get(1))));
    info.put("block_total", Value.number(blocks));
    info.put("block_available", Value.number(available));
    info.put("block_used", Value.number(blocks - available));
    info.put("inode_total", Value.number(inodes));
    info.put("inode_available", Value.number(freeInodes));
    info.put("inode_used", Value.number(inodes - freeInodes));
  }

  private static Map<String, List<String>> sizes(Report report) {
    Map<String, List<String>> sizes = new HashMap<>();
    for (String line : report.lines("sizes")) {
      String[] words = line.split(" ", 7);
      if (words.length == 7) {
        sizes.put(words[6], List.of(words));
      }
    }
    return sizes;
  }

  private static Set<String> bound(Report report) {
    Set<String> bound = new HashSet<>();
    for (String line : report.lines("mountinfo")) {
      List<String> words = Report.words(line);
      if (words.size() > 4 && !words.get(3).equals("/")) {
        bound.add(plain(words.get(4)));
      }
    }
    return bound;
  }

  private static Map<String, String> uuids(Report report) {
    Map<String, String> uuids = new HashMap<>();
    DeviceFacts.links(report)
        .getOrDefault("uuids", Map.of())
        .forEach((device, names) -> uuids.put("/dev/" + device, names.getFirst()));
    return uuids;
  }

  /** Undoes the octal escapes of the kernel's mount tables. */
  private static String plain(String field) {
    return field
        .replace("\\040", " ")
        .replace("\\011", "\t")
        .replace("\\012", "\n")
        .replace("\\134", "\\");
  }
}

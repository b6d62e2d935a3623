package dev.hearth.module.setup;

import dev.hearth.fact.Fact;
import dev.hearth.fact.Facts;
import dev.hearth.module.Arg;
import dev.hearth.module.Glob;
import dev.hearth.module.Module;
import dev.hearth.module.Refusal;
import dev.hearth.module.Spec;
import dev.hearth.plan.Result;
import dev.hearth.plan.Verdict;
import dev.hearth.value.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code ansible.builtin.mount_facts}: what is mounted on the host, or shall be. */
public final class MountFactsModule implements Module<MountFactsModule.Args> {

  private static final List<String> STATIC =
      List.of("/etc/fstab", "/etc/vfstab", "/etc/filesystems");
  private static final List<String> DYNAMIC = List.of("/etc/mtab", "/proc/mounts", "/etc/mnttab");
  private static final String BY_UUID = "UUID=";
  private static final Pattern PRINTED = Pattern.compile("(\\S+) on (\\S+) type (\\S+) \\((.+)\\)");
  private static final Pattern ESCAPE = Pattern.compile("\\\\([0-7]{3})");

  /** The parameters. */
  public record Args(
      @Arg(
              doc =
                  "Tables that are read, in this order: files, `mount`, or `all`, `dynamic` and"
                      + " `static` for the usual ones.",
              defaultsTo = "all")
          List<String> sources,
      @Arg(
              doc = "The program that says what is mounted when no table does; null for none.",
              defaultsTo = "mount")
          Value mountBinary,
      @Arg(doc = "Patterns; only devices that match one are told.") List<String> devices,
      @Arg(doc = "Patterns; only kinds of file systems that match one are told.")
          List<String> fstypes,
      @Arg(doc = "Seconds that one file system may take to say its size.") Optional<Double> timeout,
      @Arg(
              doc = "What happens when one takes longer; `warn` leaves its size out as `ignore`.",
              choices = {"error", "ignore", "warn"},
              defaultsTo = "error")
          String onTimeout,
      @Arg(doc = "Tell all mounts also as a list, in which one point may stand twice.")
          Optional<Boolean> includeAggregateMounts) {}

  /** One line of a table. */
  private record Line(String source, String text, Map<String, Value> fields) {

    String field(String name) {
      return fields.get(name) instanceof Value.Textual text ? text.reveal() : "";
    }
  }

  @Override
  public Spec<Args> spec() {
    return Spec.of(
        "ansible.builtin.mount_facts",
        Args.class,
        "Tells what is mounted, and what the host's tables say shall be. Tables of Linux are"
            + " understood.");
  }

  @Override
  public List<Fact<?>> reads(Args want) {
    return List.of(tables(want));
  }

  private static MountSources tables(Args want) {
    List<String> names = new ArrayList<>();
    for (String source : want.sources()) {
      switch (source) {
        case "" -> throw new Refusal("sources contains an empty string");
        case "all" -> {
          names.addAll(DYNAMIC);
          names.addAll(STATIC);
        }
        case "dynamic" -> names.addAll(DYNAMIC);
        case "static" -> names.addAll(STATIC);
        default -> names.add(source);
      }
    }
    String program =
        switch (want.mountBinary()) {
          case Value.Textual text -> text.reveal();
          case Value.Bool bool when !bool.value() -> "";
          case Value.Null _ -> "";
          default -> throw new Refusal("mount_binary must be a text, or null for none");
        };
    return new MountSources(
        names, program, names.stream().anyMatch(DYNAMIC::contains), patience(want));
  }

  private static String patience(Args want) {
    return want.timeout()
        .map(
            seconds -> {
              if (seconds <= 0) {
                throw new Refusal("timeout is a number of seconds above 0, not " + seconds);
              }
              return Long.toString((long) Math.ceil(seconds));
            })
        .orElse("");
  }

  @Override
  public Verdict plan(Args want, Facts host) {
    List<Line> lines = new ArrayList<>();
    for (MountSources.Table table : host.get(tables(want))) {
      if (table.late() && want.onTimeout().equals("error")) {
        throw new Refusal("Command '" + want.mountBinary() + "' timed out");
      }
      lines.addAll(table.source().equals("mount") ? printed(table) : table(table));
    }
    // Which device a UUID means is known only after the second question.
    lines.removeIf(
        line ->
            !matches(want.fstypes(), line.field("fstype"))
                || !line.field("device").startsWith(BY_UUID)
                    && !matches(want.devices(), line.field("device")));
    MountSizes.Answer sizes =
        host.get(
            new MountSizes(
                lines.stream().map(line -> line.field("mount")).distinct().toList(),
                patience(want)));
    lines.removeIf(line -> !matches(want.devices(), device(line, sizes)));
    Map<String, Value> points = new LinkedHashMap<>();
    List<Value> all = new ArrayList<>();
    for (Line line : lines) {
      String mount = line.field("mount");
      if (sizes.late().contains(mount) && want.onTimeout().equals("error")) {
        throw new Refusal(
            "the size could not be told in time for "
                + mount
                + " (type "
                + line.field("fstype")
                + ")");
      }
      Value told = told(line, sizes);
      points.putIfAbsent(mount, told);
      all.add(told);
    }
    return Verdict.satisfied(
        Result.ok()
            .with(
                "ansible_facts",
                Value.Dict.ofTexts(
                    Map.of(
                        "mount_points",
                        Value.Dict.ofTexts(points),
                        "aggregate_mounts",
                        new Value.Seq(
                            want.includeAggregateMounts().orElse(false) ? all : List.of())))));
  }

  private static boolean matches(List<String> patterns, String text) {
    return patterns.isEmpty() || patterns.stream().anyMatch(each -> Glob.matches(each, text));
  }

  /** A table in the form of fstab(5); a file that is none says nothing. */
  private static List<Line> table(MountSources.Table table) {
    List<Line> lines = new ArrayList<>();
    for (String line : table.lines()) {
      String text = line.strip();
      if (text.isEmpty() || text.startsWith("#")) {
        continue;
      }
      List<String> words = List.of(text.split("\\s+"));
      if (words.size() < 4) {
        return List.of();
      }
      Map<String, Value> fields = fields(words);
      if (words.size() > 4) {
        if (words.stream().skip(4).limit(2).anyMatch(word -> !word.matches("-?\\d+"))) {
          return List.of();
        }
        fields.put("dump", Value.number(Long.parseLong(words.get(4))));
        if (words.size() > 5) {
          fields.put("passno", Value.number(Long.parseLong(words.get(5))));
        }
      }
      lines.add(new Line(table.source(), text, fields));
    }
    return lines;
  }

  private static Map<String, Value> fields(List<String> words) {
    Map<String, Value> fields = new LinkedHashMap<>();
    fields.put("device", Value.text(plain(words.get(0))));
    fields.put("mount", Value.text(plain(words.get(1))));
    fields.put("fstype", Value.text(plain(words.get(2))));
    fields.put("options", Value.text(plain(words.get(3))));
    return fields;
  }

  private static List<Line> printed(MountSources.Table table) {
    List<Line> lines = new ArrayList<>();
    for (String line : table.lines()) {
      Matcher words = PRINTED.matcher(line);
      if (!words.matches()) {
        return List.of();
      }
      lines.add(
          new Line(
              "mount",
              line,
              fields(List.of(words.group(1), words.group(2), words.group(3), words.group(4)))));
    }
    return lines;
  }

  private static String plain(String field) {
    return ESCAPE
        .matcher(field)
        .replaceAll(
            escape ->
                Matcher.quoteReplacement(
                    String.valueOf((char) Integer.parseInt(escape.group(1), 8))));
  }

  private static String device(Line line, MountSizes.Answer host) {
    String device = line.field("device");
    return device.startsWith(BY_UUID)
        ? host.uuids().entrySet().stream()
            .filter(known -> known.getValue().equals(device.substring(BY_UUID.length())))
            .map(Map.Entry::getKey)
            .findFirst()
            .orElse(device)
        : device;
  }

  private static Value told(Line line, MountSizes.Answer host) {
    Map<String, Value> told = new LinkedHashMap<>(line.fields());
    long[] size = host.sizes().get(line.field("mount"));
    if (size != null) {
      told.put("size_total", Value.number(size[0] * size[2]));
      told.put("size_available", Value.number(size[0] * size[3]));
      told.put("block_size", Value.number(size[1]));
      told.put("block_total", Value.number(size[2]));
      told.put("block_available", Value.number(size[3]));
      told.put("block_used", Value.number(size[2] - size[3]));
      told.put("inode_total", Value.number(size[4]));
      told.put("inode_available", Value.number(size[5]));
      told.put("inode_used", Value.number(size[4] - size[5]));
    }
    told.put(
        "ansible_context",
        Value.Dict.ofTexts(
            Map.of("source", Value.text(line.source()), "source_data", Value.text(line.text()))));
    String device = line.field("device");
    String uuid =
        device.startsWith(BY_UUID)
            ? device.substring(BY_UUID.length())
            : host.uuids().getOrDefault(device, "");
    told.put("uuid", uuid.isEmpty() ? Value.NULL : Value.text(uuid));
    return Value.Dict.ofTexts(told);
  }
}

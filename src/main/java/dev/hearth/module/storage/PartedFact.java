package dev.hearth.module.storage;

import dev.hearth.fact.Fact;
import dev.hearth.fact.UnreadableFact;
import dev.hearth.module.Refusal;
import dev.hearth.shell.Outcome;
import dev.hearth.shell.Script;
import dev.hearth.value.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A disk and its partitions, as parted prints them for programs.
 *
 * @param device the disk
 * @param unit that sizes are told in
 */
record PartedFact(String device, String unit) implements Fact<PartedFact.Disk> {

  private static final Pattern SIZE = Pattern.compile("(-?[\\d.]+) *([\\w%]+)?");
  private static final Pattern CYLINDERS = Pattern.compile("(\\d+),(\\d+),(\\d+)");

  /** A disk without a table of partitions is no error. */
  private static final String PROBE =
      """
      PATH=$PATH:/usr/sbin:/sbin
      export LC_ALL=C
      if ! command -v parted >/dev/null; then
        echo "parted is not on this host; install parted first" >&2
        exit 127
      fi
      said=$(parted -s -m "$1" -- unit "$2" print 2>&1 </dev/null)
      code=$?
      case $code,$said in
        0,*) ;;
        *'unrecognised disk label'*) ;;
        *) printf '%s\\n' "$said" >&2; exit $code ;;
      esac
      printf '%s\\n' "$said" | sed -n '/;$/p'
      """;

  /**
   * The answer.
   *
   * @param about the disk itself
   * @param partitions its partitions
   */
  record Disk(Map<String, Value> about, List<Map<String, Value>> partitions) {

    String table() {
      return text(about, "table");
    }

    double size() {
      return about.get("size") instanceof Value.Real real ? real.value() : 0;
    }

    Optional<Map<String, Value>> partition(int number) {
      return partitions.stream()
          .filter(each -> Value.number(number).equals(each.get("num")))
          .findFirst();
    }
  }

  /**
   * A size and its unit.
   *
   * @param value the number
   * @param unit empty when none was given
   */
  record Size(double value, String unit) {

    static Size of(String text, String usual) {
      Matcher size = SIZE.matcher(text);
      if (size.matches()) {
        String unit = size.group(2) == null ? usual : size.group(2);
        return new Size(Double.parseDouble(size.group(1)), unit);
      }
      if (CYLINDERS.matcher(text).matches()) {
        return new Size(0, "chs");
      }
      throw new Refusal("Error interpreting parted size output: '" + text + "'");
    }

    long bytes() {
      int binary = List.of("KiB", "MiB", "GiB", "TiB").indexOf(unit);
      int decimal = List.of("B", "KB", "MB", "GB", "TB").indexOf(unit);
      double factor =
          binary >= 0
              ? Math.pow(1024, binary + 1)
              : decimal >= 0
                  ? Math.pow(1000, decimal)
                  : List.of("", "compact", "cyl", "chs").contains(unit) ? 1_000_000 : 1;
      return (long) (value * factor);
    }
  }

  static String text(Map<String, Value> of, String name) {
    return of.get(name) instanceof Value.Textual text ? text.reveal() : "";
  }

  @Override
  public String key() {
    return "parted " + device;
  }

  @Override
  public Script probe() {
    return Script.of(PROBE, device, unit);
  }

  @Override
  public Disk parse(Outcome.Exited answer) {
    if (!answer.ok()) {
      throw new UnreadableFact("cannot look at " + device + ": " + answer.err().strip());
    }
    List<String> lines = answer.out().lines().map(line -> line.replaceFirst(";$", "")).toList();
    try {
      return disk(lines);
    } catch (NumberFormatException | IndexOutOfBoundsException unexpected) {
      throw new UnreadableFact("parted described " + device + " as " + answer.out().strip());
    }
  }

  private Disk disk(List<String> lines) {
    String[] words = lines.get(1).split(":", -1);
    Map<String, Value> about = new LinkedHashMap<>();
    about.put("dev", Value.text(words[0]));
    Size size = Size.of(words[1], unit);
    about.put("size", boundary(words[1]));
    about.put("unit", Value.text(size.unit().toLowerCase(Locale.ROOT)));
    about.put("table", Value.text(words[5]));
    about.put("model", Value.text(words[6]));
    about.put("logical_block", Value.number(Long.parseLong(words[3])));
    about.put("physical_block", Value.number(Long.parseLong(words[4])));
    boolean cylinders = size.unit().equals("cyl") || size.unit().equals("chs");
    if (cylinders) {
      String[] chs = lines.get(2).split(":", -1);
      Size cylinder = Size.of(chs[3], "");
      Map<String, Value> info = new LinkedHashMap<>();
      info.put("cylinders", Value.number(Long.parseLong(chs[0])));
      info.put("heads", Value.number(Long.parseLong(chs[1])));
      info.put("sectors", Value.number(Long.parseLong(chs[2])));
      info.put("cyl_size", new Value.Real(cylinder.value()));
      info.put("cyl_size_unit", Value.text(cylinder.unit().toLowerCase(Locale.ROOT)));
      about.put("chs_info", Value.Dict.ofTexts(info));
    }
    List<Map<String, Value>> partitions = new ArrayList<>();
    for (String line : lines.subList(cylinders ? 3 : 2, lines.size())) {
      partitions.add(partition(line.split(":", -1), size.unit()));
    }
    return new Disk(about, partitions);
  }

  private static Map<String, Value> partition(String[] words, String unit) {
    int shift = unit.equals("chs") ? 1 : 0;
    Map<String, Value> partition = new LinkedHashMap<>();
    partition.put("num", Value.number(Long.parseLong(words[0])));
    partition.put("begin", boundary(words[1]));
    partition.put("end", boundary(words[2]));
    partition.put("size", shift == 1 ? Value.text("") : boundary(words[3]));
    partition.put("fstype", Value.text(words[4 - shift]));
    partition.put("name", Value.text(words[5 - shift]));
    List<Value> flags = new ArrayList<>();
    for (String flag : words[6 - shift].split(", ")) {
      if (!flag.isEmpty()) {
        flags.add(Value.text(flag.strip()));
      }
    }
    partition.put("flags", new Value.Seq(flags));
    partition.put("unit", Value.text(unit.toLowerCase(Locale.ROOT)));
    return partition;
  }

  private static Value boundary(String text) {
    Matcher chs = CYLINDERS.matcher(text);
    if (!chs.matches()) {
      return new Value.Real(Size.of(text, "").value());
    }
    Map<String, Value> parts = new LinkedHashMap<>();
    parts.put("cylinder", Value.number(Long.parseLong(chs.group(1))));
    parts.put("head", Value.number(Long.parseLong(chs.group(2))));
    parts.put("sector", Value.number(Long.parseLong(chs.group(3))));
    return Value.Dict.ofTexts(parts);
  }
}

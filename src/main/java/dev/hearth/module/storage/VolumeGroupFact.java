package dev.hearth.module.storage;

import dev.hearth.fact.Fact;
import dev.hearth.fact.UnreadableFact;
import dev.hearth.shell.Outcome;
import dev.hearth.shell.Script;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A volume group and its volumes.
 *
 * @param name of the group
 * @param unit that sizes are told in, a letter as LVM knows it
 */
record VolumeGroupFact(String name, String unit) implements Fact<Optional<VolumeGroupFact.Answer>> {

  private static final String PROBE =
      """
      PATH=$PATH:/usr/sbin:/sbin
      export LC_ALL=C
      if ! command -v lvs >/dev/null; then
        echo "lvs is not on this host; install lvm2 first" >&2
        exit 127
      fi
      group=$(vgs --noheadings --nosuffix -o vg_size,vg_free,vg_extent_size --units "$2" --separator ';' -- "$1" 2>/dev/null) || {
        echo none
        exit 0
      }
      printf '%s\\n' "$group"
      lvs -a --noheadings --nosuffix -o lv_name,lv_size,lv_attr --units "$2" --separator ';' -- "$1"
      """;

  /**
   * The answer.
   *
   * @param size of the group
   * @param free what no volume has
   * @param extent its smallest part
   * @param volumes all of them
   */
  record Answer(double size, double free, double extent, List<Volume> volumes) {

    Optional<Volume> volume(String name) {
      String last = name.substring(name.lastIndexOf('/') + 1);
      return volumes.stream()
          .filter(each -> each.name().equals(name) || each.name().equals(last))
          .findFirst();
    }
  }

  /**
   * A volume.
   *
   * @param name of it
   * @param size in the unit that was asked for
   * @param attributes as LVM writes them
   */
  record Volume(String name, double size, String attributes) {

    boolean active() {
      return attributes.charAt(4) == 'a';
    }

    boolean pool() {
      return attributes.charAt(0) == 't';
    }

    boolean thin() {
      return attributes.charAt(0) == 'V';
    }
  }

  @Override
  public String key() {
    return "volume group " + name;
  }

  @Override
  public Script probe() {
    return Script.of(PROBE, name, unit);
  }

  @Override
  public Optional<Answer> parse(Outcome.Exited answer) {
    if (!answer.ok()) {
      throw new UnreadableFact(answer.err().strip());
    }
    List<String> lines = answer.out().lines().map(String::strip).toList();
    if (lines.getFirst().equals("none")) {
      return Optional.empty();
    }
    try {
      String[] group = lines.getFirst().split(";");
      List<Volume> volumes = new ArrayList<>();
      for (String line : lines.subList(1, lines.size())) {
        String[] parts = line.split(";");
        volumes.add(
            new Volume(
                parts[0].replace("[", "").replace("]", ""),
                Double.parseDouble(parts[1]),
                parts[2]));
      }
      return Optional.of(
          new Answer(
              Double.parseDouble(group[0]),
              Double.parseDouble(group[1]),
              Double.parseDouble(group[2]),
              volumes));
    } catch (NumberFormatException | IndexOutOfBoundsException unexpected) {
      throw new UnreadableFact("LVM described " + name + " as " + answer.out().strip());
    }
  }
}

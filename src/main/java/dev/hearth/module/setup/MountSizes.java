package dev.hearth.module.setup;

import dev.hearth.fact.Fact;
import dev.hearth.fact.UnreadableFact;
import dev.hearth.shell.Outcome;
import dev.hearth.shell.Payload;
import dev.hearth.shell.Script;
import dev.hearth.value.Value;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * How full file systems are, and the UUIDs of devices.
 *
 * @param mounts where they are mounted
 * @param patience seconds that one may take; empty for as long as it takes
 */
record MountSizes(List<String> mounts, String patience) implements Fact<MountSizes.Answer> {

  private static final String PROBE =
      """
      PATH=$PATH:/usr/sbin:/sbin
      n=0
      while IFS= read -r mount; do
        said=$(${1:+timeout "$1"} stat -f -c '%S %s %b %a %c %d' -- "$mount" 2>/dev/null </dev/null)
        code=$?
        if [ $code -eq 0 ]; then
          echo "size $n $said"
        elif [ $code -eq 124 ] || [ $code -eq 143 ]; then
          echo "late $n"
        fi
        n=$((n + 1))
      done
      for link in /dev/disk/by-uuid/*; do
        [ ! -L "$link" ] || printf 'uuid %s %s\\n' "${link##*/}" "$(readlink -f "$link")"
      done
      if command -v lsblk >/dev/null; then
        lsblk --list --noheadings --paths --output NAME,UUID --exclude 2 2>/dev/null |
          while read -r name uuid; do [ -z "$uuid" ] || printf 'uuid %s %s\\n' "$uuid" "$name"; done
      fi
      """;

  /** Keeps its own copy. */
  MountSizes {
    mounts = List.copyOf(mounts);
  }

  /**
   * The answer.
   *
   * @param sizes block size, fragment size, blocks, free ones, inodes, free ones; by mount
   * @param late those that did not answer in time
   * @param uuids by device
   */
  record Answer(Map<String, long[]> sizes, Set<String> late, Map<String, String> uuids) {}

  @Override
  public String key() {
    return "mount sizes";
  }

  @Override
  public Script probe() {
    String list = String.join("\n", mounts);
    return Script.of(PROBE, patience)
        .reading(list.isEmpty() ? Payload.none() : Payload.of(Value.text(list + "\n")));
  }

  @Override
  public Answer parse(Outcome.Exited answer) {
    Map<String, long[]> sizes = new HashMap<>();
    Set<String> late = new HashSet<>();
    Map<String, String> uuids = new HashMap<>();
    try {
      for (String line : answer.out().lines().toList()) {
        String[] words = line.split(" ", 8);
        switch (words[0]) {
          case "size" -> {
            long[] numbers = new long[6];
            for (int i = 0; i < numbers.length; i++) {
              numbers[i] = Long.parseLong(words[i + 2]);
            }
            sizes.put(mounts.get(Integer.parseInt(words[1])), numbers);
          }
          case "late" -> late.add(mounts.get(Integer.parseInt(words[1])));
          default -> uuids.putIfAbsent(words[2], words[1]);
        }
      }
    } catch (NumberFormatException | IndexOutOfBoundsException unexpected) {
      throw new UnreadableFact("the host described its mounts as " + answer.out().strip());
    }
    return new Answer(sizes, late, uuids);
  }
}

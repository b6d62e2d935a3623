package dev.hearth.module.system;

import dev.hearth.fact.Fact;
import dev.hearth.fact.UnreadableFact;
import dev.hearth.module.textfile.TextFile;
import dev.hearth.shell.Outcome;
import dev.hearth.shell.Script;
import java.util.ArrayList;
import java.util.List;

/**
 * A module of the kernel: whether it is loaded, and the files that name it for the next boot.
 *
 * @param name of the module
 */
record KernelModuleFact(String name) implements Fact<KernelModuleFact.Answer> {

  private static final String PROBE =
      """
      plain=$(printf '%s' "$1" | tr - _)
      if grep -q "^$plain " /proc/modules 2>/dev/null; then
        echo loaded
      elif grep -qE "/($1|$plain)\\.ko$" "/lib/modules/$(uname -r)/modules.builtin" 2>/dev/null; then
        echo loaded
      else
        echo absent
      fi
      for file in /etc/modules-load.d/* /etc/modprobe.d/*; do
        if [ -f "$file" ] && grep -qF -e "$1" -- "$file"; then
          stat -L -c '@@%a %u:%g %n' -- "$file" && sed 's/^/ /' -- "$file" || exit 1
        fi
      done
      exit 0
      """;

  /**
   * The answer.
   *
   * @param loaded whether the running kernel has it
   * @param files those that name it
   */
  record Answer(boolean loaded, List<TextFile> files) {}

  @Override
  public String key() {
    return "kernel module " + name;
  }

  @Override
  public Script probe() {
    return Script.of(PROBE, name);
  }

  @Override
  public Answer parse(Outcome.Exited answer) {
    List<String> lines = answer.out().lines().toList();
    if (!answer.ok() || lines.isEmpty()) {
      throw new UnreadableFact("cannot look for " + name + ": " + answer.err().strip());
    }
    List<TextFile> files = new ArrayList<>();
    for (String line : lines.subList(1, lines.size())) {
      if (line.startsWith("@@")) {
        String[] words = line.substring(2).split(" ", 3);
        files.add(new TextFile(words[2], true, "0" + words[0], words[1], ""));
      } else {
        TextFile last = files.removeLast();
        files.add(
            new TextFile(
                last.path(),
                true,
                last.mode(),
                last.owner(),
                last.content() + line.substring(1) + "\n"));
      }
    }
    return new Answer(lines.getFirst().equals("loaded"), List.copyOf(files));
  }
}

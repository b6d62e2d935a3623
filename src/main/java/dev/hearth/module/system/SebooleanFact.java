package dev.hearth.module.system;

import dev.hearth.fact.Fact;
import dev.hearth.fact.UnreadableFact;
import dev.hearth.shell.Outcome;
import dev.hearth.shell.Script;
import java.util.List;

/**
 * How a switch of SELinux stands.
 *
 * @param name the switch
 */
record SebooleanFact(String name) implements Fact<SebooleanFact.Answer> {

  private static final String PROBE =
      """
      [ -d /sys/fs/selinux/booleans ] || { echo disabled; exit 0; }
      f=/sys/fs/selinux/booleans/$1
      [ -e "$f" ] || { echo "SELinux boolean $1 does not exist." >&2; exit 1; }
      echo enabled
      # The second number is what has been set and not committed; policy keeps the lasting one.
      cat "$f"
      PATH=$PATH:/usr/sbin:/sbin
      if command -v semanage >/dev/null; then
        LC_ALL=C semanage boolean -l -n 2>/dev/null | sed -n "s/^$1 *([a-z]* *, *\\([a-z]*\\)).*/\\1/p"
      fi
      exit 0
      """;

  /** The answer. */
  record Answer(boolean enabled, boolean current, boolean pending) {}

  @Override
  public String key() {
    return "seboolean " + name;
  }

  @Override
  public Script probe() {
    return Script.of(PROBE, name);
  }

  @Override
  public Answer parse(Outcome.Exited answer) {
    if (!answer.ok()) {
      throw new UnreadableFact(answer.err().strip());
    }
    List<String> lines = answer.out().replace('\0', ' ').lines().map(String::strip).toList();
    if (lines.size() < 2) {
      return new Answer(false, false, false);
    }
    boolean current = lines.get(1).startsWith("1");
    return new Answer(true, current, lines.size() > 2 ? lines.get(2).equals("on") : current);
  }
}

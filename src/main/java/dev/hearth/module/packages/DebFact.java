package dev.hearth.module.packages;

import dev.hearth.fact.Fact;
import dev.hearth.fact.UnreadableFact;
import dev.hearth.module.Refusal;
import dev.hearth.shell.Outcome;
import dev.hearth.shell.Script;

/**
 * A package file on the host.
 *
 * @param path where it is
 */
record DebFact(String path) implements Fact<DebFact.Deb> {

  private static final String PROBE =
      """
      n=$(dpkg-deb -f "$1" Package) || exit
      printf '%s\\n' "$n"
      dpkg-deb -f "$1" Version || exit
      dpkg-query -W -f '${db:Status-Abbrev} ${Version}\\n' "$n" 2>/dev/null | sed -n 's/^.i *//p'
      """;

  DebFact {
    if (path.contains("://")) {
      throw new Refusal("deb is not fetched; fetch it with get_url first and give its path");
    }
    if (!path.startsWith("/")) {
      throw new Refusal("deb must be an absolute path on the host, not '" + path + "'");
    }
  }

  /**
   * What the file holds.
   *
   * @param name of the package
   * @param version of the package in the file
   * @param installed version on the host; empty when it is not installed
   */
  record Deb(String name, String version, String installed) {}

  @Override
  public String key() {
    return "deb " + path;
  }

  @Override
  public Script probe() {
    return Script.of(PROBE, path);
  }

  @Override
  public Deb parse(Outcome.Exited answer) {
    java.util.List<String> lines = answer.out().lines().toList();
    if (!answer.ok() || lines.size() < 2) {
      throw new UnreadableFact(path + " is not a package file: " + answer.err().strip());
    }
    return new Deb(lines.get(0), lines.get(1), lines.size() > 2 ? lines.get(2).strip() : "");
  }
}

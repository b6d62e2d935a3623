package dev.hearth.module.packages;

import dev.hearth.fact.Fact;
import dev.hearth.fact.Facts;
import dev.hearth.fact.MarkedLines;
import dev.hearth.fact.UnreadableFact;
import dev.hearth.module.Arg;
import dev.hearth.module.Module;
import dev.hearth.module.Refusal;
import dev.hearth.module.Spec;
import dev.hearth.plan.Result;
import dev.hearth.plan.Verdict;
import dev.hearth.shell.Outcome;
import dev.hearth.shell.Script;
import dev.hearth.value.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * {@code ansible.builtin.package_facts}: what is installed, as facts. Whose archive a Debian
 * package is from says {@code apt-cache}.
 */
public final class PackageFacts implements Module<PackageFacts.Args> {

  private static final List<String> MANAGERS = List.of("apk", "apt", "pacman", "rpm");

  /** The parameters. */
  public record Args(
      @Arg(doc = "Package managers to ask; `auto` asks those that are there.", defaultsTo = "auto")
          List<String> manager,
      @Arg(
              doc = "Stop at the first package manager that is there, or ask all.",
              choices = {"all", "first"},
              defaultsTo = "first")
          String strategy) {}

  /**
   * What is installed, by package manager.
   *
   * @param asked the package managers that count
   */
  record Installed(List<String> asked) implements Fact<Map<String, List<String>>> {

    private static final String PROBE =
        """
        all=" $* "
        asked() { case $all in *" $1 "*) return 0 ;; *) return 1 ;; esac }
        if asked apk && command -v apk >/dev/null 2>&1; then
          echo '@apk'
          apk info -v 2>/dev/null || exit 1
        fi
        if asked apt && command -v dpkg-query >/dev/null 2>&1; then
          echo '@apt'
          printf 'native\\t%s\\n' "$(dpkg --print-architecture)"
          dpkg-query -W -f='${db:Status-Status}\\t${Package}\\t${Version}\\t${Architecture}\\t${Section}\\n' || exit 1
          # For each package the o= of the first archive that has the installed version.
          {
            apt-cache policy
            dpkg-query -W -f='${binary:Package}\\n' | xargs apt-cache policy
          } 2>/dev/null | LC_ALL=C awk '
            /^Package files:/ { files = 1; next }
            /^[^ ]/ { files = 0; name = substr($0, 1, length($0) - 1); next }
            $1 == "***" { here = 1; next }
            files && $1 == "release" {
              if (match($0, /o=[^,]*/)) of[file] = substr($0, RSTART + 2, RLENGTH - 2)
              next
            }
            { line = $0; sub(/^ *-?[0-9]+ /, "", line) }
            files && $1 ~ /^-?[0-9]+$/ { file = line; next }
            here { print "origin\\t" name "\\t" of[line]; here = 0 }'
        fi
        if asked pacman && command -v pacman >/dev/null 2>&1 && pacman -Qq >/dev/null 2>&1; then
          echo '@pacman'
          pacman -Q || exit 1
        fi
        if asked rpm && command -v rpm >/dev/null 2>&1; then
          echo '@rpm'
          rpm -qa --qf '%{NAME}\\t%{VERSION}\\t%{RELEASE}\\t%{EPOCH}\\t%{ARCH}\\n' || exit 1
        fi
        exit 0
        """;

    @Override
    public String key() {
      return asked.equals(MANAGERS)
          ? "installed packages"
          : "installed packages " + String.join(" ", asked);
    }

    @Override
    public Script probe() {
      return Script.of(PROBE, asked.toArray(String[]::new));
    }

    @Override
    public Map<String, List<String>> parse(Outcome.Exited answer) {
      if (!answer.ok()) {
        throw new UnreadableFact("cannot list the packages: " + answer.err().strip());
      }
      return MarkedLines.of(answer.out());
    }
  }

  @Override
  public Spec<Args> spec() {
    return Spec.of(
        "ansible.builtin.package_facts",
        Args.class,
        "Tells which packages are installed, as the fact `packages`.");
  }

  @Override
  public List<Fact<?>> reads(Args want) {
    return List.of(new Installed(asked(want)));
  }

  /** The package managers that the task names, in the order in which they are asked. */
  private static List<String> asked(Args want) {
    Set<String> asked = new LinkedHashSet<>();
    for (String name : want.manager()) {
      switch (name) {
        case "auto" -> asked.addAll(MANAGERS);
        case "dnf", "dnf5", "yum", "zypper" -> asked.add("rpm");
        default -> {
          if (!MANAGERS.contains(name)) {
            throw new Refusal(
                "the package manager '"
                    + name
                    + "' is not known; write auto, apk, apt, dnf,"
                    + " pacman, rpm, yum or zypper");
          }
          asked.add(name);
        }
      }
    }
    return MANAGERS.stream().filter(asked::contains).toList();
  }

  @Override
  public Verdict plan(Args want, Facts host) {
    List<String> asked = asked(want);
    Map<String, List<Value>> packages = new LinkedHashMap<>();
    boolean found = false;
    for (Map.Entry<String, List<String>> manager : host.get(new Installed(asked)).entrySet()) {
      if (found && want.strategy().equals("first")) {
        break;
      }
      found = true;
      read(manager.getKey(), manager.getValue(), packages);
    }
    if (!found) {
      return Verdict.rejected(
          "Could not detect a supported package manager from the following list: "
              + want.manager()
              + "; this host has none of them");
    }
    Map<String, Value> facts = new LinkedHashMap<>();
    packages.forEach((name, all) -> facts.put(name, new Value.Seq(all)));
    return Verdict.satisfied(
        Result.ok()
            .with(
                "ansible_facts",
                Value.Dict.ofTexts(Map.of("packages", Value.Dict.ofTexts(facts)))));
  }

  private static void read(String manager, List<String> lines, Map<String, List<Value>> packages) {
    String native_ = "";
    Map<String, String> origins = origins(lines);
    for (String line : lines) {
      Map<String, Value> one = new LinkedHashMap<>();
      String[] fields = line.split(manager.equals("pacman") ? " " : "\t", -1);
      switch (manager) {
        case "apt" -> {
          if (fields[0].equals("native")) {
            native_ = fields[1];
          } else if (fields[0].equals("installed")) {
            apt(one, fields, native_, origins);
          }
        }
        case "apk" -> apk(one, line);
        case "rpm" -> rpm(one, fields);
        default -> {
          one.put("name", Value.text(fields[0]));
          one.put("version", Value.text(fields.length > 1 ? fields[1] : ""));
        }
      }
      if (one.get("name") instanceof Value.Text name) {
        one.put("source", Value.text(manager));
        packages
            .computeIfAbsent(name.value(), key -> new ArrayList<>())
            .add(Value.Dict.ofTexts(one));
      }
    }
  }

  private static Map<String, String> origins(List<String> lines) {
    Map<String, String> origins = new HashMap<>();
    for (String line : lines) {
      String[] fields = line.split("\t", -1);
      if (fields[0].equals("origin") && fields.length == 3) {
        origins.put(fields[1], fields[2]);
      }
    }
    return origins;
  }

  private static void apt(
      Map<String, Value> one, String[] fields, String native_, Map<String, String> origins) {
    boolean foreign = !fields[3].equals(native_) && !fields[3].equals("all");
    String name = fields[1] + (foreign ? ":" + fields[3] : "");
    one.put("name", Value.text(name));
    one.put("version", Value.text(fields[2]));
    one.put("arch", Value.text(fields[3]));
    one.put("category", Value.text(fields[4]));
    one.put("origin", Value.text(origins.getOrDefault(name, "")));
  }

  private static void apk(Map<String, Value> one, String line) {
    int release = line.lastIndexOf('-');
    int version = release > 0 ? line.lastIndexOf('-', release - 1) : -1;
    one.put("name", Value.text(version > 0 ? line.substring(0, version) : line));
    one.put("version", Value.text(version > 0 ? line.substring(version + 1, release) : ""));
    one.put("release", Value.text(version > 0 ? line.substring(release + 1) : ""));
  }

  private static void rpm(Map<String, Value> one, String[] fields) {
    one.put("name", Value.text(fields[0]));
    one.put("version", Value.text(fields[1]));
    one.put("release", Value.text(fields[2]));
    one.put(
        "epoch",
        fields[3].matches("[0-9]+") ? Value.number(Long.parseLong(fields[3])) : Value.NULL);
    one.put("arch", fields[4].equals("(none)") ? Value.NULL : Value.text(fields[4]));
  }
}

package dev.hearth.module.packages;

import dev.hearth.fact.Fact;
import dev.hearth.fact.UnreadableFact;
import dev.hearth.shell.Outcome;
import dev.hearth.shell.Script;
import dev.hearth.value.JsonReader;
import dev.hearth.value.Value;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The applications that pipx has.
 *
 * @param program that calls pipx; empty for the usual ones
 * @param global whether those of all users are meant
 */
record PipxFact(String program, boolean global) implements Fact<PipxFact.Answer> {

  private static final String PROBE =
      Pipx.FIND
          + """
          version=$(pipx --version 2>/dev/null </dev/null) || {
            echo "pipx is not on this host; install the package pipx first" >&2
            exit 127
          }
          printf '%s\\n' "$version"
          pipx list --include-injected --json ${1:+--global} 2>/dev/null </dev/null
          """;

  /**
   * The answer.
   *
   * @param version of pipx
   * @param applications by name
   */
  record Answer(String version, Map<String, Application> applications) {}

  /**
   * An application.
   *
   * @param version of it
   * @param pinned whether it is kept from being upgraded
   * @param injected versions of packages beside it, by name
   */
  record Application(String version, boolean pinned, Map<String, String> injected) {}

  @Override
  public String key() {
    return "pipx list" + (global ? " --global" : "");
  }

  @Override
  public Script probe() {
    return Script.of(PROBE, program, global ? "global" : "");
  }

  @Override
  public Answer parse(Outcome.Exited answer) {
    if (!answer.ok()) {
      throw new UnreadableFact(
          answer.err().isBlank() ? "pipx list failed: " + answer.out() : answer.err().strip());
    }
    String[] parts = answer.out().split("\n", 2);
    Map<String, Application> applications = new LinkedHashMap<>();
    try {
      if (JsonReader.read(parts[1]) instanceof Value.Dict dict
          && dict.get("venvs") instanceof Value.Dict venvs) {
        venvs
            .entries()
            .forEach((name, venv) -> applications.put(text(name), application((Value.Dict) venv)));
      }
    } catch (IllegalArgumentException | ClassCastException | IndexOutOfBoundsException notJson) {
      throw new UnreadableFact("pipx did not answer in JSON: " + answer.out().strip());
    }
    return new Answer(parts[0].strip(), applications);
  }

  private static Application application(Value.Dict venv) {
    Value.Dict about = dict(venv, "metadata");
    Value.Dict main = dict(about, "main_package");
    Map<String, String> injected = new LinkedHashMap<>();
    dict(about, "injected_packages")
        .entries()
        .forEach((name, each) -> injected.put(text(name), version((Value.Dict) each)));
    return new Application(version(main), Value.bool(true).equals(main.get("pinned")), injected);
  }

  private static Value.Dict dict(Value.Dict of, String name) {
    return of.get(name) instanceof Value.Dict dict ? dict : Value.Dict.EMPTY;
  }

  private static String version(Value.Dict about) {
    Value version = about.get("package_version");
    return version == null ? "" : text(version);
  }

  private static String text(Value value) {
    return value instanceof Value.Textual text ? text.reveal() : "";
  }
}

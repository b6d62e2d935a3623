package dev.hearth.module.network;

import dev.hearth.plan.Step;
import dev.hearth.plan.Undo;
import dev.hearth.shell.Payload;
import dev.hearth.shell.Script;
import dev.hearth.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** What is done with NetworkManager. */
final class NmcliSteps {

  private static final String RUN =
      """
      export LC_ALL=C
      exec nmcli "$@" </dev/null
      """;

  /** The editor reads secrets from its input, and ends with status 0 whatever went wrong. */
  private static final String SECRETS =
      """
      export LC_ALL=C
      said=$(nmcli connection edit id "$1") || exit
      wrong=$(printf '%s\\n' "$said" | grep '^Error')
      [ -z "$wrong" ] || { printf '%s\\n' "$wrong" >&2; exit 1; }
      """;

  private static final String DELETE =
      """
      export LC_ALL=C
      nmcli connection down id "$1" </dev/null >/dev/null 2>&1
      exec nmcli connection delete id "$1" </dev/null
      """;

  private static final String OWN = "/etc/NetworkManager/";

  private NmcliSteps() {}

  static Step add(String name, String type, List<Setting> settings) {
    boolean tunnel = List.of("gre", "ipip", "sit").contains(type);
    List<String> words =
        new ArrayList<>(
            List.of("connection", "add", "type", tunnel ? "ip-tunnel" : type, "con-name", name));
    settings.forEach(setting -> setting.words().forEach(words::add));
    return Step.change(
        "add the connection " + name,
        Script.of(RUN, words.toArray(String[]::new)),
        new Undo.Run("delete the connection " + name, Script.of(DELETE, name)));
  }

  static Step modify(String name, List<Setting> settings, Connection now) {
    List<String> words = new ArrayList<>(List.of("connection", "modify", "id", name));
    settings.forEach(setting -> setting.words().forEach(words::add));
    return Step.change(
        "change the connection " + name,
        Script.of(RUN, words.toArray(String[]::new)),
        asBefore(now, "it is kept in " + now.file() + ", which NetworkManager writes itself"));
  }

  static Step secrets(String name, List<Setting> settings, Connection now) {
    StringBuilder lines = new StringBuilder();
    settings.forEach(
        setting ->
            lines
                .append("set ")
                .append(setting.property())
                .append(' ')
                .append(setting.value().reveal())
                .append('\n'));
    lines.append("save persistent\nquit\n");
    return Step.change(
        "tell the secrets of the connection " + name,
        Script.of(SECRETS, name).reading(Payload.of(new Value.Secret(lines.toString()))),
        now.properties().isEmpty()
            ? new Undo.Nothing("they go with the connection")
            : asBefore(now, "old secrets are not kept"));
  }

  static Step delete(String name, Connection now) {
    return Step.change(
        "delete the connection " + name,
        Script.of(DELETE, name),
        asBefore(now, "it was kept in " + now.file() + ", which NetworkManager writes itself"));
  }

  private static Undo asBefore(Connection now, String otherwise) {
    return now.file().startsWith(OWN)
        ? new Undo.Several(
            List.of(
                Undo.restore(now.file()),
                new Undo.Run(
                    "let NetworkManager read its connections again",
                    Script.of(RUN, "connection", "reload"))))
        : new Undo.Impossible(otherwise);
  }

  static Step reload() {
    return Step.change(
        "let NetworkManager read its connections again",
        Script.of(RUN, "connection", "reload"),
        Undo.momentary());
  }

  static Step up(String name, boolean active) {
    return Step.change(
        "bring " + name + " up",
        Script.of(RUN, "connection", "up", "id", name),
        active ? Undo.momentary() : new Undo.Run("take " + name + " down", change("down", name)));
  }

  static Step down(String name) {
    return Step.change(
        "take " + name + " down",
        change("down", name),
        new Undo.Run("bring " + name + " up", change("up", name)));
  }

  private static Script change(String how, String name) {
    return Script.of(RUN, Stream.of("connection", how, "id", name).toArray(String[]::new));
  }
}

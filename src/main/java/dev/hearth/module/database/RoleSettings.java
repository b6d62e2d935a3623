package dev.hearth.module.database;

import dev.hearth.module.Refusal;
import dev.hearth.value.Value;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Settings that sessions of a role of PostgreSQL begin with, {@code ALTER ROLE … SET}.
 *
 * @param role the role, quoted
 * @param wanted the settings by their names
 * @param quote whether values are texts; otherwise they are written as they are
 * @param reset whether settings that are not wanted are taken away
 */
record RoleSettings(String role, Map<String, Value> wanted, boolean quote, boolean reset) {

  /** The server keeps these as lists of names that are quoted where they need it. */
  private static final Set<String> LISTS =
      Set.of(
          "local_preload_libraries",
          "search_path",
          "session_preload_libraries",
          "temp_tablespaces");

  /** Whether a value is a secret, so that nothing of it may be shown. */
  boolean secret() {
    return wanted.values().stream().anyMatch(Value.Secret.class::isInstance);
  }

  /**
   * The statements that it takes.
   *
   * @param kept what the server keeps: texts {@code name=value}
   */
  Alterations alterations(Collection<Value> kept) {
    Map<String, Value> now = new LinkedHashMap<>();
    for (Value each : kept) {
      String[] parts =
          each instanceof Value.Textual text ? text.reveal().split("=", 2) : new String[0];
      if (parts.length == 2) {
        now.put(parts[0], secret() ? new Value.Secret(parts[1]) : Value.text(parts[1]));
      }
    }
    Alterations all = new Alterations(Value.Dict.ofTexts(now));
    if (reset) {
      now.keySet().stream()
          .filter(name -> !wanted.containsKey(name))
          .forEach(
              name ->
                  all.alter(name, Optional.of(Value.NULL), it -> reset(name), it -> old(name, it)));
    }
    wanted.forEach(
        (name, value) -> {
          Value.Textual text = text(name, value);
          Value meant = quote ? text : text.with(unquoted(text.reveal()));
          all.alter(
              name,
              Optional.of(meant),
              it -> set(name, quote ? Sql.text(text.reveal()) : text.reveal()),
              it -> old(name, it));
        });
    return all;
  }

  private static Value.Textual text(String name, Value value) {
    if (name.matches(".*[\"'].*")) {
      throw new Refusal("configuration: the name " + name + " has a quote in it");
    }
    return switch (value) {
      case Value.Textual text -> text;
      case Value.Int number -> Value.text(number.value().toString());
      case Value.Real number -> Value.text(Double.toString(number.value()));
      case Value.Bool bool -> Value.text(bool.value() ? "on" : "off");
      default -> throw new Refusal("configuration: " + name + " is no text and no number");
    };
  }

  /** What {@code '16MB'} means, written as it is. */
  private static String unquoted(String written) {
    return written.matches("'[^'\\\\]*'") ? written.substring(1, written.length() - 1) : written;
  }

  private String old(String name, Value value) {
    return value instanceof Value.Textual text
        ? set(name, LISTS.contains(name) ? text.reveal() : Sql.text(text.reveal()))
        : reset(name);
  }

  private String set(String name, String value) {
    return "ALTER ROLE " + role + " SET " + Sql.name(name) + " TO " + value;
  }

  private String reset(String name) {
    return "ALTER ROLE " + role + " RESET " + Sql.name(name);
  }
}

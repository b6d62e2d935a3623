package dev.hearth.module.database;

import dev.hearth.module.Refusal;
import dev.hearth.value.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Privileges of users of MySQL by what they are for, such as {@code `app`.*}. */
final class MysqlPrivileges {

  private static final Pattern GRANT =
      Pattern.compile(
          "GRANT (.+) ON (.+) TO (['`\"]).*\\3@(['`\"]).*\\4"
              + "( IDENTIFIED BY PASSWORD (['`\"]).+\\6)? ?(.*)");
  private static final Pattern OTHER = Pattern.compile("(?:GRANT .+ TO|SET DEFAULT ROLE) .*");

  /** Commas between columns separate nothing. */
  private static final Pattern COMMA = Pattern.compile(",\\s*(?=[^)]*(?:\\(|$))");

  private MysqlPrivileges() {}

  /** What {@code priv} says: {@code db.*:SELECT,INSERT/other.table:ALL}, or a mapping. */
  static Map<String, Set<String>> wanted(Value given, boolean columnCase, boolean usage) {
    Map<String, Set<String>> all = new LinkedHashMap<>();
    for (String item : items(given)) {
      int colon = item.lastIndexOf(':');
      if (colon < 0) {
        throw new Refusal("invalid privileges string: '" + item + "' has no colon");
      }
      String privileges = item.substring(colon + 1).strip();
      if (!privileges.matches("[\\w ,()`]+")) {
        throw new Refusal("invalid privileges string: '" + privileges + "'");
      }
      boolean upper = !columnCase || privileges.indexOf('(') < 0;
      all.put(
          target(item.substring(0, colon)),
          privileges(upper ? privileges.toUpperCase(Locale.ROOT) : privileges));
    }
    if (usage) {
      all.putIfAbsent("*.*", new LinkedHashSet<>(Set.of("USAGE")));
    }
    return all;
  }

  private static List<String> items(Value given) {
    return switch (given) {
      case Value.Textual text -> List.of(text.reveal().strip().split("\\s*/\\s*"));
      case Value.Dict mapping -> {
        List<String> items = new ArrayList<>();
        mapping.entries().forEach((name, what) -> items.add(text(name) + ":" + text(what)));
        yield items;
      }
      default -> throw new Refusal("priv must be a text or a mapping");
    };
  }

  private static String text(Value value) {
    if (value instanceof Value.Textual text) {
      return text.reveal();
    }
    throw new Refusal("priv must map texts to texts");
  }

  private static String target(String written) {
    String plain = written.strip();
    String kind = "";
    for (String each : List.of("FUNCTION ", "PROCEDURE ")) {
      if (plain.startsWith(each)) {
        kind = each;
        plain = plain.substring(each.length());
      }
    }
    int dot = plain.lastIndexOf('.');
    return dot < 0
        ? kind + side(plain)
        : kind + side(plain.substring(0, dot)) + "." + side(plain.substring(dot + 1));
  }

  private static String side(String name) {
    String plain = name.replaceAll("^`|`$", "");
    return plain.equals("*") ? "*" : MysqlLogin.name(plain);
  }

  private static Set<String> privileges(String list) {
    Set<String> all = new LinkedHashSet<>();
    for (String each : COMMA.split(list)) {
      String name = each.strip();
      int open = name.indexOf('(');
      if (open > 0) {
        List<String> columns = new ArrayList<>();
        for (String column : name.substring(open + 1, name.lastIndexOf(')')).split(",")) {
          columns.add(column.strip().replace("`", ""));
        }
        columns.sort(null);
        name = name.substring(0, open).strip() + " (" + String.join(", ", columns) + ")";
      }
      all.add(name.equals("ALL PRIVILEGES") ? "ALL" : name);
    }
    return all;
  }

  /** What {@code SHOW GRANTS} says. */
  static Map<String, Set<String>> granted(List<String> lines) {
    Map<String, Set<String>> all = new LinkedHashMap<>();
    for (String line : lines) {
      Matcher grant = GRANT.matcher(line);
      if (grant.matches()) {
        Set<String> privileges = all.computeIfAbsent(grant.group(2), name -> new LinkedHashSet<>());
        privileges.addAll(privileges(grant.group(1)));
        if (grant.group(7).contains("WITH GRANT OPTION")) {
          privileges.add("GRANT");
        }
      } else if (!OTHER.matcher(line).matches()) {
        throw new Refusal("the server grants what is not understood: " + line);
      }
    }
    return all;
  }

  /** A statement that gives them. */
  static String grant(String target, Set<String> privileges, String user) {
    Set<String> plain = new LinkedHashSet<>(privileges);
    boolean option = plain.remove("GRANT");
    if (plain.isEmpty()) {
      plain.add("USAGE");
    }
    return "GRANT "
        + String.join(",", plain)
        + " ON "
        + target
        + " TO "
        + user
        + (option ? " WITH GRANT OPTION" : "")
        + ";\n";
  }

  /** Statements that take them. */
  static String revoke(String target, Set<String> privileges, String user) {
    Set<String> plain = new LinkedHashSet<>(privileges);
    boolean option = plain.remove("GRANT");
    return (option ? "REVOKE GRANT OPTION ON " + target + " FROM " + user + ";\n" : "")
        + (plain.isEmpty()
            ? ""
            : "REVOKE " + String.join(",", plain) + " ON " + target + " FROM " + user + ";\n");
  }
}

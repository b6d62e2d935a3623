package dev.hearth.template.lookup;

import dev.hearth.template.Call;
import dev.hearth.template.Lookups;
import dev.hearth.template.python.Mappings;
import dev.hearth.template.python.Printed;
import dev.hearth.template.python.PythonError;
import dev.hearth.template.python.PythonRegex;
import dev.hearth.template.python.Sequences;
import dev.hearth.value.Value;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** The lookup {@code inventory_hostnames}: the hosts that a pattern chooses. */
final class HostNames {

  /** Commas and colons, but not those inside of brackets. */
  private static final Pattern BETWEEN = Pattern.compile("[,:](?![^\\[]*])");

  private static final Pattern SUBSCRIPT =
      Pattern.compile("(.+)\\[(?:(-?[0-9]+)|([0-9]+)[:-]([0-9]*))]");

  private HostNames() {}

  /** The hosts that group names, host names and globs match; {@code !} and {@code &} narrow. */
  static List<Value> of(Call call) {
    Map<Value, Value> groups = Mappings.view(call.engine().variable("groups"));
    if (groups == null) {
      throw new PythonError("needs the variable 'groups'");
    }
    Set<Value> chosen = new LinkedHashSet<>();
    for (Value term : Lookups.flattened(call.input())) {
      Set<Value> narrowed = new LinkedHashSet<>();
      List<String> parts = List.of(BETWEEN.split(Printed.str(term)));
      parts.stream().filter(part -> !narrows(part)).forEach(part -> add(part, groups, narrowed));
      for (String part : parts) {
        if (narrows(part)) {
          Set<Value> matching = new LinkedHashSet<>();
          add(part.substring(1), groups, matching);
          if (part.charAt(0) == '!') {
            narrowed.removeAll(matching);
          } else {
            narrowed.retainAll(matching);
          }
        }
      }
      chosen.addAll(narrowed);
    }
    return List.copyOf(chosen);
  }

  private static boolean narrows(String part) {
    return part.startsWith("!") || part.startsWith("&");
  }

  private static void add(String part, Map<Value, Value> groups, Set<Value> hosts) {
    Matcher subscript = SUBSCRIPT.matcher(part);
    if (!subscript.matches()) {
      hosts.addAll(matching(part, groups));
      return;
    }
    List<Value> all = matching(subscript.group(1), groups);
    if (subscript.group(2) != null) {
      int index = Integer.parseInt(subscript.group(2));
      int place = index < 0 ? all.size() + index : index;
      if (place >= 0 && place < all.size()) {
        hosts.add(all.get(place));
      }
      return;
    }
    String end = subscript.group(4);
    int from = Math.min(Integer.parseInt(subscript.group(3)), all.size());
    int to = end.isEmpty() ? all.size() : Math.min(Integer.parseInt(end) + 1, all.size());
    hosts.addAll(all.subList(from, Math.max(from, to)));
  }

  private static List<Value> matching(String pattern, Map<Value, Value> groups) {
    Predicate<String> matches = predicate(pattern);
    Set<Value> hosts = new LinkedHashSet<>();
    groups.forEach(
        (name, members) -> {
          boolean whole = matches.test(Printed.str(name));
          for (Value host : Sequences.iterate(members)) {
            if (whole || matches.test(Printed.str(host))) {
              hosts.add(host);
            }
          }
        });
    return new ArrayList<>(hosts);
  }

  private static Predicate<String> predicate(String pattern) {
    try {
      if (pattern.startsWith("~")) {
        Pattern regex = PythonRegex.compile(pattern.substring(1), false, false);
        return name -> PythonRegex.matcher(regex, name).lookingAt();
      }
      PathMatcher glob = FileSystems.getDefault().getPathMatcher("glob:" + pattern);
      return name -> glob.matches(Path.of(name));
    } catch (PatternSyntaxException wrong) {
      throw new PythonError("cannot read the pattern '" + pattern + "'");
    }
  }
}

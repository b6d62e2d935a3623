package dev.hearth.inventory;

import dev.hearth.diag.Diagnostic;
import dev.hearth.diag.Location;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** Evaluates one pattern against an inventory and remembers the parts that matched nothing. */
final class Matching {

  private final Inventory inventory;
  private final List<Diagnostic> warnings = new ArrayList<>();

  Matching(Inventory inventory) {
    this.inventory = inventory;
  }

  List<Diagnostic> warnings() {
    return List.copyOf(warnings);
  }

  /**
   * The hosts, in the order of the pattern's parts and then of the inventory, none twice.
   *
   * @throws dev.hearth.diag.HearthException if there are fewer hosts than a subscript asks for
   */
  List<Host> hosts(HostPattern pattern) {
    List<HostPattern> parts = PatternParser.parts(pattern);
    if (parts.isEmpty()) {
      return List.of();
    }
    Set<Host> chosen = new LinkedHashSet<>();
    boolean plain = false;
    for (HostPattern part : parts) {
      if (!(part instanceof HostPattern.Only) && !(part instanceof HostPattern.Except)) {
        plain = true;
        chosen.addAll(plain(part));
      }
    }
    if (!plain) {
      chosen.addAll(inventory.hosts());
    }
    for (HostPattern part : parts) {
      if (part instanceof HostPattern.Only(HostPattern only)) {
        chosen.retainAll(Set.copyOf(matched(only)));
      }
    }
    for (HostPattern part : parts) {
      if (part instanceof HostPattern.Except(HostPattern except)) {
        chosen.removeAll(Set.copyOf(matched(except)));
      }
    }
    return List.copyOf(chosen);
  }

  /** A plain name means the host before it means a group; behind {@code &} and {@code !} not. */
  private List<Host> plain(HostPattern pattern) {
    Host exact =
        pattern instanceof HostPattern.Name name ? inventory.hostsByName().get(name.name()) : null;
    return exact == null ? matched(pattern) : List.of(exact);
  }

  private List<Host> matched(HostPattern pattern) {
    return switch (pattern) {
      case HostPattern.Name(String name, Location at) ->
          matched(name, at, name::equals, name.contains("."));
      case HostPattern.Glob(String text, Pattern expression, Location at) ->
          matched(text, at, name -> expression.matcher(name).matches(), true);
      case HostPattern.Regex(String text, Pattern expression, Location at) ->
          matched(text, at, name -> expression.matcher(name).lookingAt(), true);
      case HostPattern.Nth(HostPattern of, int position, Location at) ->
          nth(matched(of), position, at);
      case HostPattern.Slice(HostPattern of, int first, int last, Location at) ->
          slice(matched(of), first, last);
      case HostPattern.Only(HostPattern only) -> matched(only);
      case HostPattern.Except(HostPattern except) -> matched(except);
      case HostPattern.AnyOf any -> hosts(any);
    };
  }

  /** Groups first; hosts too when no group matched or the pattern is made for hosts as well. */
  private List<Host> matched(String text, Location at, Predicate<String> test, boolean alsoHosts) {
    Set<Host> found = new LinkedHashSet<>();
    boolean group = false;
    for (Group candidate : inventory.groups()) {
      if (test.test(candidate.name())) {
        group = true;
        found.addAll(inventory.hostsOf(candidate));
      }
    }
    if (!group || alsoHosts) {
      for (Map.Entry<String, Host> candidate : inventory.hostsByName().entrySet()) {
        if (test.test(candidate.getKey())) {
          found.add(candidate.getValue());
        }
      }
    }
    if (found.isEmpty() && Inventory.LOCAL_NAMES.contains(text)) {
      inventory.host(text).ifPresent(found::add);
    }
    if (found.isEmpty() && !group) {
      warnings.add(
          Diagnostic.warning(at, "no host or group matches '" + text + "'")
              .next(inventory.hint(text)));
    }
    return List.copyOf(found);
  }

  private List<Host> nth(List<Host> hosts, int position, Location at) {
    if (hosts.isEmpty()) {
      return hosts;
    }
    int index = position < 0 ? hosts.size() + position : position;
    if (index >= 0 && index < hosts.size()) {
      return List.of(hosts.get(index));
    }
    throw Diagnostic.error(at, "the host pattern asks for host number " + position)
        .because("it matches only " + hosts.size() + ", numbered from 0")
        .next("use a number from 0 to " + (hosts.size() - 1))
        .failure();
  }

  private static List<Host> slice(List<Host> hosts, int first, int last) {
    int end = last < 0 ? hosts.size() : (int) Math.min(hosts.size(), last + 1L);
    return first >= end ? List.of() : hosts.subList(first, end);
  }
}

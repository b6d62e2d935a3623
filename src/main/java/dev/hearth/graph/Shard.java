package dev.hearth.graph;

import dev.hearth.diag.Diagnostic;
import dev.hearth.diag.ExitCode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One of several parts of a run that need nothing of each other, so that several machines can do
 * them at the same time: hosts stay together when a service on one needs one on the other.
 *
 * @param index which part, from 1
 * @param of how many there are
 */
public record Shard(int index, int of) {

  private static final Pattern WRITTEN = Pattern.compile("([1-9][0-9]{0,3})/([1-9][0-9]{0,3})");

  /**
   * Reads {@code I/N}.
   *
   * @throws dev.hearth.diag.HearthException when it is something else
   */
  public static Shard parse(String text) {
    Matcher parts = WRITTEN.matcher(text);
    if (!parts.matches() || Integer.parseInt(parts.group(1)) > Integer.parseInt(parts.group(2))) {
      throw Diagnostic.error(ExitCode.INVALID, "'" + text + "' is no shard")
          .next("write it as I/N, from 1/N to N/N")
          .failure();
    }
    return new Shard(Integer.parseInt(parts.group(1)), Integer.parseInt(parts.group(2)));
  }

  /**
   * Those of the hosts that are this part's, in their order. All parts together are all hosts, and
   * no host is in two; the same hosts give the same parts everywhere.
   *
   * @param instances the hosts of a service
   */
  public List<String> part(
      List<String> hosts,
      Collection<Service> services,
      Function<Service, Collection<String>> instances) {
    Map<String, String> leader = new LinkedHashMap<>();
    hosts.forEach(host -> leader.put(host, host));
    Map<String, Service> named = new LinkedHashMap<>();
    services.forEach(service -> named.put(service.name(), service));
    for (Service service : services) {
      for (Service.Need need : service.needs()) {
        List<String> together = new ArrayList<>(instances.apply(service));
        Service other = named.get(need.service());
        if (other != null) {
          together.addAll(instances.apply(other));
        }
        // A host that is not worked on ties those that are together, too.
        together.forEach(host -> leader.putIfAbsent(host, host));
        together.forEach(host -> join(leader, together.getFirst(), host));
      }
    }
    List<String> groups = hosts.stream().map(host -> find(leader, host)).distinct().toList();
    return hosts.stream()
        .filter(host -> groups.indexOf(find(leader, host)) % of == index - 1)
        .toList();
  }

  private static void join(Map<String, String> leader, String one, String other) {
    leader.put(find(leader, other), find(leader, one));
  }

  private static String find(Map<String, String> leader, String host) {
    String at = host;
    for (String next = leader.getOrDefault(at, at);
        !next.equals(at);
        next = leader.getOrDefault(at, at)) {
      at = next;
    }
    return at;
  }
}

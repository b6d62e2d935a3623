package dev.hearth.module.docker;

import dev.hearth.module.Refusal;
import dev.hearth.module.docker.Setting.Kind;
import dev.hearth.value.Value;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The ports of a container: which it opens, and where the host listens for them.
 *
 * @param want what the task says
 * @param usualIp the address that the host listens on when the task names none
 */
record PortBindings(ContainerNetworking want, String usualIp) {

  private static final Pattern FORM =
      Pattern.compile(
          "(?:(?:(?<ip>\\d+\\.\\d+\\.\\d+\\.\\d+|\\[[0-9a-fA-F:]+(?:%[^\\]/]+)?\\]):)?(?<host>\\d*(?:-\\d+)?):)?"
              + "(?<port>\\d+(?:-\\d+)?)(?:/(?<protocol>\\w+))?");

  List<Setting> settings(EngineObject now, EngineObject image) {
    List<Setting> settings = new ArrayList<>();
    Map<String, List<Value>> bindings = bindings();
    if (!bindings.isEmpty()) {
      Map<String, Value> wanted = new LinkedHashMap<>();
      bindings.forEach((port, places) -> wanted.put(port, new Value.Seq(places)));
      Value all = Value.Dict.ofTexts(wanted);
      settings.add(
          new Setting(
              "published_ports",
              Kind.DICT,
              List.of("HostConfig", "PortBindings"),
              all,
              all,
              anywhere(now.entries("HostConfig", "PortBindings")),
              false));
    }
    Set<String> exposed = new LinkedHashSet<>();
    for (String written : want.exposedPorts()) {
      String[] parts = written.strip().split("/", 2);
      String protocol = parts.length > 1 ? parts[1] : "tcp";
      for (int port : range(parts[0])) {
        exposed.add(port + "/" + protocol);
      }
    }
    exposed.addAll(bindings.keySet());
    if (!exposed.isEmpty()) {
      Set<String> expected = new LinkedHashSet<>(exposed);
      expected.addAll(image.entries("Config", "ExposedPorts").keySet());
      settings.add(
          new Setting(
              "exposed_ports",
              Kind.SET,
              List.of("ExposedPorts"),
              Setting.keys(exposed),
              Setting.names(whole(expected)),
              Setting.names(whole(now.entries("Config", "ExposedPorts").keySet())),
              false));
    }
    want.publishAllPorts()
        .ifPresent(
            all ->
                settings.add(
                    new Setting(
                        "publish_all_ports",
                        Kind.VALUE,
                        List.of("HostConfig", "PublishAllPorts"),
                        Value.bool(all),
                        Value.bool(all),
                        now.at("HostConfig", "PublishAllPorts"),
                        false)));
    return settings;
  }

  private Map<String, List<Value>> bindings() {
    Map<String, List<Value>> bindings = new LinkedHashMap<>();
    for (String written : want.publishedPorts()) {
      Matcher form = FORM.matcher(written.strip());
      if (!form.matches()) {
        throw new Refusal(
            "'"
                + written
                + "' is no published port; write [address:][host port:]port, the address in"
                + " digits");
      }
      List<Integer> inside = range(form.group("port"));
      String outer = form.group("host");
      List<String> outside = outside(outer == null ? "" : outer, inside.size());
      String protocol = form.group("protocol") == null ? "tcp" : form.group("protocol");
      String ip =
          form.group("ip") == null ? want.defaultHostIp().orElse(usualIp) : form.group("ip");
      for (int i = 0; i < Math.min(inside.size(), outside.size()); i++) {
        Map<String, Value> place = new LinkedHashMap<>();
        place.put("HostIp", Value.text(ip.replaceAll("[\\[\\]]", "")));
        place.put("HostPort", Value.text(outside.get(i)));
        bindings
            .computeIfAbsent(inside.get(i) + "/" + protocol, port -> new ArrayList<>())
            .add(Value.Dict.ofTexts(place));
      }
    }
    return bindings;
  }

  /** Of a range for one port the engine takes what is free; the shorter of two ranges counts. */
  private static List<String> outside(String written, int inside) {
    return inside == 1 || written.isEmpty()
        ? Collections.nCopies(inside, written)
        : range(written).stream().map(port -> Integer.toString(port)).toList();
  }

  /** The engine may write "all addresses" as nothing. */
  private static Value anywhere(Map<String, Value> bindings) {
    Map<String, Value> plain = new LinkedHashMap<>();
    bindings.forEach(
        (port, places) -> {
          List<Value> all = new ArrayList<>();
          if (places instanceof Value.Seq list) {
            for (Value place : list.items()) {
              if (place instanceof Value.Dict each && Value.text("").equals(each.get("HostIp"))) {
                Map<Value, Value> entries = new LinkedHashMap<>(each.entries());
                entries.put(Value.text("HostIp"), Value.text("0.0.0.0"));
                all.add(new Value.Dict(entries));
              } else {
                all.add(place);
              }
            }
          }
          plain.put(port, new Value.Seq(all));
        });
    return Value.Dict.ofTexts(plain);
  }

  private static List<String> whole(Set<String> ports) {
    return ports.stream().map(port -> port.contains("/") ? port : port + "/tcp").toList();
  }

  private static List<Integer> range(String written) {
    String[] ends = written.split("-", 2);
    List<Integer> ports = new ArrayList<>();
    try {
      int last = Integer.parseInt(ends[ends.length - 1]);
      for (int port = Integer.parseInt(ends[0]); port <= last; port++) {
        ports.add(port);
      }
    } catch (NumberFormatException notOne) {
      throw new Refusal("Invalid port: \"" + written + "\"");
    }
    if (ports.isEmpty()) {
      throw new Refusal("Invalid port range: \"" + written + "\"");
    }
    return ports;
  }
}

package dev.hearth.module.docker;

import dev.hearth.module.Refusal;
import dev.hearth.value.Value;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Compares what a task says about a network with what the engine says. Nothing said is nothing
 * compared.
 */
record NetworkDifferences(DockerNetwork.Args want, NetworkInfo now) {

  void tell(Map<String, Value> before, Map<String, Value> after) {
    text("driver", want.driver(), now.text("Driver"), before, after);
    subset("driver_options", want.driverOptions(), now.texts("Options"), before, after);
    flag("internal", want.internal(), now.flag("Internal"), before, after);
    flag("attachable", want.attachable(), now.flag("Attachable"), before, after);
    boolean without = Value.bool(false).equals(now.description().get("EnableIPv4"));
    flag("enable_ipv4", want.enableIpv4(), !without, before, after);
    flag("enable_ipv6", want.enableIpv6(), now.flag("EnableIPv6"), before, after);
    flag("config_only", want.configOnly(), now.flag("ConfigOnly"), before, after);
    flag("ingress", want.ingress(), now.flag("Ingress"), before, after);
    text("scope", want.scope(), now.text("Scope"), before, after);
    text("ipam_driver", want.ipamDriver(), now.ipamDriver(), before, after);
    text("config_from", want.configFrom(), configured("ConfigFrom", "Network"), before, after);
    options(before, after);
    subset("labels", want.labels(), now.texts("Labels"), before, after);
    pools(before, after);
  }

  private static void text(
      String name,
      Optional<String> wanted,
      String now,
      Map<String, Value> before,
      Map<String, Value> after) {
    if (wanted.isPresent() && !wanted.get().equals(now)) {
      before.put(name, Value.text(now));
      after.put(name, Value.text(wanted.get()));
    }
  }

  private String configured(String... keys) {
    return new EngineObject(now.description()).text(keys);
  }

  /** Those of the driver that gives addresses are the same or not, as a whole. */
  private void options(Map<String, Value> before, Map<String, Value> after) {
    Value wanted = ContainerSettings.texts(want.ipamDriverOptions());
    Value there = new EngineObject(now.description()).at("IPAM", "Options");
    if (!want.ipamDriverOptions().isEmpty() && !Setting.same(wanted, there)) {
      before.put("ipam_driver_options", there);
      after.put("ipam_driver_options", wanted);
    }
  }

  private static void flag(
      String name,
      Optional<Boolean> wanted,
      boolean now,
      Map<String, Value> before,
      Map<String, Value> after) {
    if (wanted.isPresent() && wanted.get() != now) {
      before.put(name, Value.bool(now));
      after.put(name, Value.bool(wanted.get()));
    }
  }

  private static void subset(
      String name,
      Map<String, Value> wanted,
      Map<String, String> now,
      Map<String, Value> before,
      Map<String, Value> after) {
    wanted.forEach(
        (key, value) -> {
          String text = text(value);
          if (!text.equals(now.get(key))) {
            before.put(
                name + "." + key, now.containsKey(key) ? Value.text(now.get(key)) : Value.NULL);
            after.put(name + "." + key, Value.text(text));
          }
        });
  }

  private void pools(Map<String, Value> before, Map<String, Value> after) {
    List<Map<String, String>> existing = now.pools();
    for (int i = 0; i < want.ipamConfig().size(); i++) {
      Map<String, String> wanted = pool(want.ipamConfig().get(i));
      boolean there =
          existing.stream().anyMatch(pool -> pool.entrySet().containsAll(wanted.entrySet()));
      if (!there) {
        before.put(
            "ipam_config[" + i + "]", dict(i < existing.size() ? existing.get(i) : Map.of()));
        after.put("ipam_config[" + i + "]", dict(wanted));
      }
    }
  }

  private static Value dict(Map<String, String> pool) {
    Map<String, Value> texts = new LinkedHashMap<>();
    pool.forEach((key, value) -> texts.put(key, Value.text(value)));
    return Value.Dict.ofTexts(texts);
  }

  /** One subnet of the task by the engine's names. */
  static Map<String, String> pool(Map<String, Value> given) {
    Map<String, String> pool = new LinkedHashMap<>();
    given.forEach(
        (key, value) -> {
          if (value instanceof Value.Null) {
            return;
          }
          switch (key) {
            case "subnet" -> pool.put("Subnet", text(value));
            case "iprange" -> pool.put("IPRange", text(value));
            case "gateway" -> pool.put("Gateway", text(value));
            case "aux_addresses" -> {}
            default ->
                throw new Refusal(
                    "ipam_config has no '"
                        + key
                        + "'; it takes subnet, iprange, gateway and aux_addresses");
          }
        });
    return pool;
  }

  /** A scalar as Docker's command line takes it. */
  static String text(Value value) {
    return switch (value) {
      case Value.Textual text -> text.reveal();
      case Value.Bool bool -> Boolean.toString(bool.value());
      case Value.Int number -> number.value().toString();
      case Value.Real real -> Double.toString(real.value());
      default -> throw new Refusal("labels and options of a network must be texts");
    };
  }
}

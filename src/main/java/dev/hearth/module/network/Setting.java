package dev.hearth.module.network;

import dev.hearth.value.Value;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A property that a connection shall have.
 *
 * @param property NetworkManager's name, or {@link #BOND} and the name of an option
 * @param value what is told to NetworkManager; empty removes it
 * @param kind how it is compared
 */
record Setting(String property, Value.Textual value, Kind kind) {

  /** In front of the options of a bond, which are one property together. */
  static final String BOND = "bond.options ";

  private static final Pattern SECRET =
      Pattern.compile(
          "802-11-wireless-security\\.(leap-password|psk|wep-key[0-3])|gsm\\.(password|pin)"
              + "|wireguard\\.(private-key|peers)|vpn\\.secrets");

  private static final Pattern OLD_ROUTE = Pattern.compile("([\\w-]+) = ([^\\s,}]+)");

  /** Kinds of values. */
  enum Kind {
    /** A text. */
    TEXT,
    /** A text in letters of either case. */
    MAC,
    /** A size that is {@code auto} when it is 0. */
    MTU,
    /** A list whose order counts. */
    ORDERED,
    /** A list whose order does not count. */
    SET,
    /** The same with blanks between the items. */
    WORDS,
    /** Routes. */
    ROUTES
  }

  /** Whether it must not stand in a command line. */
  boolean secret() {
    return value instanceof Value.Secret || SECRET.matcher(property).matches();
  }

  /** Whether the connection has it so. */
  boolean is(Optional<String> current) {
    String wanted = value.reveal();
    String now = current.orElse("");
    return switch (kind) {
      case TEXT -> wanted.equals(now);
      case MAC -> wanted.equalsIgnoreCase(now);
      case MTU -> mtu(wanted).equals(mtu(now));
      case ORDERED ->
          items(wanted.toLowerCase(Locale.ROOT)).equals(items(now.toLowerCase(Locale.ROOT)));
      case SET -> new TreeSet<>(items(wanted)).equals(new TreeSet<>(items(now)));
      case WORDS ->
          new TreeSet<>(items(wanted.replace(' ', ',')))
              .equals(new TreeSet<>(items(now.replace(' ', ','))));
      case ROUTES -> routes(wanted).equals(routes(now));
    };
  }

  /** The words that tell it to NetworkManager. */
  Stream<String> words() {
    return property.startsWith(BOND)
        ? Stream.of("+bond.options", property.substring(BOND.length()) + "=" + value.reveal())
        : Stream.of(property, value.reveal());
  }

  private static String mtu(String text) {
    return text.isEmpty() || text.equals("auto") ? "0" : text;
  }

  private static List<String> items(String text) {
    return Arrays.stream(text.split("[,;]"))
        .map(String::strip)
        .filter(item -> !item.isEmpty())
        .toList();
  }

  /** Each route as destination, next hop and metric, then its attributes in the order of names. */
  private static TreeSet<String> routes(String text) {
    TreeSet<String> all = new TreeSet<>();
    boolean old = text.contains("ip = ");
    for (String route : text.split(old ? ";" : "[,;]")) {
      if (!route.isBlank()) {
        all.add(old ? oldRoute(route) : route(route));
      }
    }
    return all;
  }

  private static String route(String text) {
    StringBuilder places = new StringBuilder();
    Map<String, String> attributes = new TreeMap<>();
    for (String word : text.strip().split("\\s+")) {
      int equals = word.indexOf('=');
      if (equals < 0) {
        places.append(word).append(' ');
      } else {
        attributes.put(word.substring(0, equals), word.substring(equals + 1));
      }
    }
    return places + attributes.toString();
  }

  /** As versions before 1.32 write it: {@code { ip = 10.0.0.0/8, nh = 10.1.1.1, mt = 5 }}. */
  private static String oldRoute(String text) {
    StringBuilder places = new StringBuilder();
    Map<String, String> attributes = new TreeMap<>();
    Matcher part = OLD_ROUTE.matcher(text);
    while (part.find()) {
      if (List.of("ip", "nh", "mt").contains(part.group(1))) {
        places.append(part.group(2)).append(' ');
      } else {
        attributes.put(part.group(1), part.group(2));
      }
    }
    return places + attributes.toString();
  }
}

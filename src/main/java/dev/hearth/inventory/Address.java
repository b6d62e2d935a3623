package dev.hearth.inventory;

import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A host name or address with an optional port, as inventories write them: {@code web1}, {@code
 * web1:2222}, {@code [2001:db8::1]:2222}, {@code 2001:db8::1}, {@code web[01:20].example:22}.
 *
 * @param host the name or address, ranges not expanded
 * @param port the port, if one is given
 */
record Address(String host, OptionalInt port) {

  private static final Pattern BRACKETED = Pattern.compile("\\[(.+)]:([0-9]+)");
  private static final Pattern WITH_PORT =
      Pattern.compile("((?:[^:\\[\\]]++|\\[[^]]*])*+):([0-9]+)");

  private static final String NUMBERS = "\\[[0-9]*:[0-9]+(?::[0-9]+)?]";
  private static final String HEX_NUMBERS = "\\[[0-9a-fA-F]*:[0-9a-fA-F]+(?::[0-9]+)?]";
  private static final String LETTERS_OR_NUMBERS =
      "\\[(?:[a-zA-Z]:[a-zA-Z]|[0-9]*:[0-9]+)(?::[0-9]+)?]";

  private static final String OCTET = "(?:25[0-5]|2[0-4][0-9]|1?[0-9]{1,2}|" + NUMBERS + ")";
  private static final Pattern IPV4 = Pattern.compile("(?:" + OCTET + "\\.){3}" + OCTET);

  private static final String HEXTET = "(?:[0-9a-fA-F]{1,4}|" + HEX_NUMBERS + ")";
  private static final Pattern HEXTETS =
      Pattern.compile(
          "(?:" + HEXTET + "(?::" + HEXTET + ")*)?(::)?(?:" + HEXTET + "(?::" + HEXTET + ")*)?");

  private static final String LABEL =
      "(?:\\w|" + LETTERS_OR_NUMBERS + ")(?:[\\w-]++|" + LETTERS_OR_NUMBERS + ")*+(?<!-)";
  private static final Pattern NAME =
      Pattern.compile(LABEL + "(?:\\." + LABEL + ")*+", Pattern.UNICODE_CHARACTER_CLASS);

  /**
   * Reads a host name or address.
   *
   * @param text what is written
   * @param ranges whether ranges in brackets are allowed
   * @return nothing when it is neither a name nor an address
   */
  static Optional<Address> parse(String text, boolean ranges) {
    String host = text;
    OptionalInt port = OptionalInt.empty();
    Matcher bracketed = BRACKETED.matcher(text);
    Matcher withPort = WITH_PORT.matcher(text);
    if (bracketed.matches()) {
      host = bracketed.group(1);
      port = port(bracketed.group(2));
    } else if (withPort.matches()) {
      host = withPort.group(1);
      port = port(withPort.group(2));
    }
    if (!isAddress(host) || (!ranges && host.contains("["))) {
      return Optional.empty();
    }
    return Optional.of(new Address(host, port));
  }

  private static boolean isAddress(String host) {
    return isNumeric(host) || NAME.matcher(host).matches();
  }

  /** Whether a text is an IPv4 or IPv6 address. */
  static boolean isNumeric(String host) {
    return IPV4.matcher(host).matches() || isIpv6(host);
  }

  private static boolean isIpv6(String host) {
    String core = host.replaceFirst("%[\\w.-]+$", "");
    int dotted = core.lastIndexOf(':');
    if (dotted >= 0 && core.indexOf('.') > dotted) {
      if (!IPV4.matcher(core.substring(dotted + 1)).matches()) {
        return false;
      }
      core = core.substring(0, dotted + 1) + "0:0";
    }
    String flat = core.replaceAll(HEX_NUMBERS, "0");
    if (!flat.contains(":") || !HEXTETS.matcher(core).matches()) {
      return false;
    }
    long groups = Pattern.compile("[0-9a-fA-F]+").matcher(flat).results().count();
    return flat.contains("::") ? groups <= 7 : groups == 8;
  }

  private static OptionalInt port(String digits) {
    try {
      return OptionalInt.of(Integer.parseInt(digits));
    } catch (NumberFormatException tooLarge) {
      return OptionalInt.of(-1);
    }
  }
}

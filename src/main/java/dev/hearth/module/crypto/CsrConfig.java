package dev.hearth.module.crypto;

import dev.hearth.module.Refusal;
import dev.hearth.value.Value;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Writes the file of settings of which openssl makes a request for a certificate. */
final class CsrConfig {

  private static final Map<String, String> USAGES =
      Map.of(
          "certificatesign", "keyCertSign",
          "crlsign", "cRLSign",
          "contentcommitment", "nonRepudiation");

  private static final Map<String, String> REASONS =
      Map.of("ca_compromise", "CACompromise", "aa_compromise", "AACompromise");

  private final StringBuilder extensions = new StringBuilder();
  private final StringBuilder sections = new StringBuilder();

  private CsrConfig() {}

  /** The file for a request. */
  static String of(CsrSubject subject, CsrExtensions wanted) {
    CsrConfig config = new CsrConfig();
    config.add(subject, wanted);
    StringBuilder text =
        new StringBuilder(
            "[req]\nprompt = no\nutf8 = yes\nstring_mask = utf8only\ndistinguished_name = dn\n");
    if (!config.extensions.isEmpty()) {
      text.append("req_extensions = extensions\n");
    }
    text.append("[dn]\n");
    int number = 0;
    for (CsrSubject.Field field : subject.fields()) {
      // What stands before the first dot only tells fields of one name apart.
      text.append(number++).append('.').append(name(field.name()));
      text.append(" = ").append(quoted(field.text())).append('\n');
    }
    return text.append("[extensions]\n")
        .append(config.extensions)
        .append(config.sections)
        .toString();
  }

  private void add(CsrSubject subject, CsrExtensions wanted) {
    names("subjectAltName", wanted.subjectAltNameCritical(), "", wanted.names(subject));
    line(
        "keyUsage",
        wanted.keyUsageCritical(),
        wanted.keyUsage().stream().map(CsrConfig::usage).toList());
    line(
        "extendedKeyUsage",
        wanted.extendedKeyUsageCritical(),
        wanted.extendedKeyUsage().stream().map(CsrConfig::name).toList());
    line(
        "basicConstraints",
        wanted.basicConstraintsCritical(),
        wanted.basicConstraints().stream().map(CsrConfig::constraint).toList());
    line(
        "tlsfeature",
        wanted.ocspMustStapleCritical(),
        wanted.ocspMustStaple() ? List.of("status_request") : List.of());
    List<String> limits = new ArrayList<>();
    wanted.nameConstraintsPermitted().forEach(each -> limits.add("permitted;" + each));
    wanted.nameConstraintsExcluded().forEach(each -> limits.add("excluded;" + each));
    names("nameConstraints", wanted.nameConstraintsCritical(), "network", limits);
    if (wanted.createSubjectKeyIdentifier()) {
      line("subjectKeyIdentifier", false, List.of("hash"));
    }
    wanted
        .subjectKeyIdentifier()
        .ifPresent(hex -> line("subjectKeyIdentifier", false, List.of(show(bytes(hex)))));
    wanted
        .authorityKeyIdentifier()
        .ifPresent(
            hex -> {
              // SEQUENCE { [0] keyIdentifier }: openssl itself takes it of an authority only.
              byte[] key = bytes(hex);
              String der = "30:%02x:80:%02x:".formatted(key.length + 2, key.length) + show(key);
              line("2.5.29.35", false, List.of("DER:" + der));
            });
    List<String> points = new ArrayList<>();
    for (Value each : wanted.crlDistributionPoints()) {
      points.add(point(each, points.size()));
    }
    line("crlDistributionPoints", false, points);
  }

  private void line(String name, boolean critical, List<String> values) {
    if (!values.isEmpty()) {
      extensions.append(name).append(critical ? " = critical," : " = ");
      extensions.append(String.join(",", values)).append('\n');
    }
  }

  /** Names that have a section of their own, so that nothing in them separates. */
  private void names(String extension, boolean critical, String kind, List<String> names) {
    if (names.isEmpty()) {
      return;
    }
    line(extension, critical, List.of("@" + extension));
    sections.append('[').append(extension).append("]\n");
    int number = 0;
    for (String each : names) {
      int colon = each.indexOf(':');
      String type = colon < 0 ? "" : each.substring(0, colon);
      if (!type.matches("(?:permitted;|excluded;)?(?:DNS|IP|email|URI|RID|otherName)")) {
        throw new Refusal(
            "'" + each + "' is no name; write DNS:, IP:, email:, URI:, RID: or otherName: first");
      }
      String text = each.substring(colon + 1);
      boolean network = !kind.isEmpty() && type.endsWith("IP");
      sections.append(type).append('.').append(number++).append(" = ");
      sections.append(quoted(network ? network(text) : text)).append('\n');
    }
  }

  /** A network as openssl takes it, with a mask instead of a length. */
  private static String network(String text) {
    int slash = text.indexOf('/');
    if (slash < 0 || !text.substring(slash + 1).matches("\\d{1,3}")) {
      return text;
    }
    boolean six = text.indexOf(':') >= 0;
    int length = Integer.parseInt(text.substring(slash + 1));
    List<String> groups = new ArrayList<>();
    int width = six ? 16 : 8;
    for (int i = 0; i < (six ? 8 : 4); i++) {
      int ones = Math.clamp(length - (long) i * width, 0, width);
      int group = (1 << width) - (1 << (width - ones));
      groups.add(six ? Integer.toHexString(group) : Integer.toString(group));
    }
    return text.substring(0, slash + 1) + String.join(six ? ":" : ".", groups);
  }

  private String point(Value given, int number) {
    if (!(given instanceof Value.Dict point)
        || point.get("relative_name") != null
        || point.get("crl_issuer") != null
        || !(point.get("full_name") instanceof Value.Seq names)) {
      throw new Refusal(
          "crl_distribution_points is a list of mappings of full_name and, if wanted, reasons;"
              + " relative_name and crl_issuer are not supported");
    }
    String section = "crl" + number;
    sections
        .append('[')
        .append(section)
        .append("]\nfullname = @")
        .append(section)
        .append("names\n");
    if (point.get("reasons") instanceof Value.Seq reasons) {
      sections
          .append("reasons = ")
          .append(String.join(",", texts(reasons).stream().map(CsrConfig::reason).toList()))
          .append('\n');
    }
    sections.append('[').append(section).append("names]\n");
    int at = 0;
    for (String each : texts(names)) {
      if (!each.startsWith("URI:")) {
        throw new Refusal("full_name of crl_distribution_points takes URI:, not '" + each + "'");
      }
      sections.append("URI.").append(at++).append(" = ").append(quoted(each.substring(4)));
      sections.append('\n');
    }
    return section;
  }

  private static List<String> texts(Value.Seq list) {
    return list.items().stream()
        .map(each -> each instanceof Value.Textual text ? text.reveal() : "")
        .toList();
  }

  private static String reason(String written) {
    StringBuilder text = new StringBuilder();
    for (String word : name(written).split("_")) {
      text.append(
          text.isEmpty()
              ? word
              : word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1));
    }
    return REASONS.getOrDefault(written, text.toString());
  }

  private static String usage(String written) {
    String plain = written.replace(" ", "");
    return name(
        Optional.ofNullable(USAGES.get(plain.toLowerCase(Locale.ROOT)))
            .orElse(
                plain.substring(0, Math.min(1, plain.length())).toLowerCase(Locale.ROOT)
                    + plain.substring(Math.min(1, plain.length()))));
  }

  private static String constraint(String written) {
    if (!written.matches("CA:(?:TRUE|FALSE)|pathlen:\\d+")) {
      throw new Refusal("Unknown basic constraint \"" + written + "\"");
    }
    return written;
  }

  private static String name(String written) {
    if (!written.matches("[\\w .-]+")) {
      throw new Refusal("'" + written + "' is no name that openssl knows");
    }
    return written;
  }

  private static byte[] bytes(String hex) {
    String digits = hex.replace(":", "");
    if (!digits.matches("(?:[0-9A-Fa-f]{2}){1,100}")) {
      throw new Refusal("'" + hex + "' is no identifier of a key; write hexadecimal digits");
    }
    return HexFormat.of().parseHex(digits);
  }

  private static String show(byte[] bytes) {
    return HexFormat.ofDelimiter(":").formatHex(bytes);
  }

  private static String quoted(String text) {
    if (text.chars().anyMatch(c -> c < ' ')) {
      throw new Refusal("a name in a request has a line end in it");
    }
    return text.replaceAll("[\\\\\"'`#$;]", "\\\\$0");
  }
}

package dev.hearth.yaml;

import dev.hearth.diag.Diagnostic;
import dev.hearth.diag.Location;
import dev.hearth.diag.Nearest;
import java.util.List;

/** The tags that mean something here. */
final class Tags {

  static final String CORE = "tag:yaml.org,2002:";
  static final String SEQ = CORE + "seq";
  static final String MAP = CORE + "map";
  static final String UNSAFE = "!unsafe";
  static final String VAULT = "!vault";
  static final String VAULT_ENCRYPTED = "!vault-encrypted";

  private static final List<String> WRITTEN =
      List.of("!unsafe", "!vault", "!!str", "!!int", "!!float", "!!bool", "!!null");

  private Tags() {}

  static Diagnostic refused(String tag, Location at, String what) {
    String written = tag.startsWith(CORE) ? "!!" + tag.substring(CORE.length()) : tag;
    if (WRITTEN.contains(written) || tag.equals(SEQ) || tag.equals(MAP)) {
      return Diagnostic.error(at, "the tag " + written + " does not fit " + what)
          .because("it marks another kind of value")
          .next("remove the tag or write the kind of value that it marks");
    }
    return Diagnostic.error(at, "unknown YAML tag " + written)
        .because("the tags that can be used are " + String.join(", ", WRITTEN))
        .next(
            Nearest.hint(
                written, WRITTEN, "remove the tag, or quote the value if the '!' belongs to it"));
  }
}

package dev.hearth.run;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a text in Python imports, by its import statements. One that only looks like a statement,
 * such as in a longer text, makes no harm: what it names is looked for and not found, or packed for
 * nothing.
 */
final class PythonImports {

  private static final Pattern CONTINUED = Pattern.compile("\\\\\\r?\\n");
  private static final Pattern STATEMENT =
      Pattern.compile(
          "(?m)^[ \\t]*(?:from[ \\t]+(?<from>\\.*[\\w.]*)[ \\t]+import[ \\t]+"
              + "(?<names>\\([^)]*\\)|[^\\n#;]*)"
              + "|import[ \\t]+(?<import>[^\\n#;]*))");
  private static final Pattern COMMENT = Pattern.compile("#[^\\n]*");

  private PythonImports() {}

  /**
   * Dotted names of modules, or of something in a module.
   *
   * @param module the dotted name of the text itself
   * @param isPackage whether it is a package's {@code __init__.py}
   */
  static Set<String> of(String text, String module, boolean isPackage) {
    Set<String> names = new LinkedHashSet<>();
    Matcher statement = STATEMENT.matcher(CONTINUED.matcher(text).replaceAll(" "));
    while (statement.find()) {
      String from = statement.group("from");
      if (from == null) {
        names(statement.group("import")).forEach(names::add);
      } else {
        String base = absolute(from, module, isPackage);
        if (!base.isEmpty()) {
          names.add(base);
          names(statement.group("names")).forEach(name -> names.add(base + "." + name));
        }
      }
    }
    return names;
  }

  private static List<String> names(String list) {
    String plain = COMMENT.matcher(list).replaceAll("").replaceAll("[()]", " ");
    return Pattern.compile(",")
        .splitAsStream(plain)
        .map(part -> part.strip().split("\\s+", 2)[0])
        .filter(name -> name.matches("[\\w.]+"))
        .toList();
  }

  /**
   * A relative name begins with dots: one for the module's own package, one more for each above.
   */
  private static String absolute(String from, String module, boolean isPackage) {
    int dots = 0;
    while (dots < from.length() && from.charAt(dots) == '.') {
      dots++;
    }
    if (dots == 0) {
      return from;
    }
    String base = module;
    for (int up = isPackage ? 1 : 0; up < dots; up++) {
      base = base.substring(0, Math.max(0, base.lastIndexOf('.')));
    }
    String rest = from.substring(dots);
    return base.isEmpty() || rest.isEmpty() ? base : base + "." + rest;
  }
}

package dev.hearth.template.test;

import dev.hearth.template.Call;
import dev.hearth.template.Test;
import dev.hearth.template.python.Equality;
import dev.hearth.template.python.PythonError;
import dev.hearth.template.python.PythonRegex;
import dev.hearth.template.python.Truth;
import dev.hearth.value.Value;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a text looks like: letters, patterns, versions, addresses. */
final class TextTests {

  private TextTests() {}

  static Map<String, Test> all() {
    Map<String, Test> all = new HashMap<>();
    all.put(
        "lower", Test.of("", call -> cased(call, Character::isLowerCase, Character::isUpperCase)));
    all.put(
        "upper", Test.of("", call -> cased(call, Character::isUpperCase, Character::isLowerCase)));
    all.put("match", Test.of("pattern ignorecase? multiline?", call -> regex(call, "match")));
    all.put("search", Test.of("pattern ignorecase? multiline?", call -> regex(call, "search")));
    all.put(
        "regex",
        Test.of(
            "pattern ignorecase? multiline? match_type?",
            call -> regex(call, call.text("match_type", "search"))));
    Test version = Test.of("version operator? strict? version_type?", TextTests::version);
    all.put("version", version);
    all.put("version_compare", version);
    all.put("uri", Test.of("schemes?", TextTests::uri));
    all.put("url", Test.of("schemes?", TextTests::url));
    all.put("urn", Test.of("", call -> scheme(call).equals("urn")));
    return all;
  }

  private interface Letter {
    boolean is(int c);
  }

  private static boolean cased(Call call, Letter wanted, Letter unwanted) {
    String text = call.inputText();
    return text.codePoints().anyMatch(wanted::is) && text.codePoints().noneMatch(unwanted::is);
  }

  private static boolean regex(Call call, String how) {
    Pattern pattern =
        PythonRegex.compile(
            call.text("pattern"), call.flag("ignorecase", false), call.flag("multiline", false));
    Matcher match = PythonRegex.matcher(pattern, call.inputText());
    return switch (how) {
      case "match" -> match.lookingAt();
      case "fullmatch" -> match.matches();
      case "search" -> match.find();
      default -> throw new PythonError("has the match types match, fullmatch and search");
    };
  }

  private static boolean version(Call call) {
    String operator = call.text("operator", "eq");
    String type = call.text("version_type", call.flag("strict", false) ? "strict" : "loose");
    if (!Truth.of(call.input()) || call.text("version").isEmpty()) {
      throw new PythonError("needs two versions; one is empty");
    }
    int order = Versions.compare(call.inputText(), call.text("version"), type);
    return switch (operator) {
      case "==", "=", "eq" -> order == 0;
      case "!=", "<>", "ne" -> order != 0;
      case "<", "lt" -> order < 0;
      case "<=", "le" -> order <= 0;
      case ">", "gt" -> order > 0;
      case ">=", "ge" -> order >= 0;
      default ->
          throw new PythonError("has no operator '" + operator + "': it has ==, !=, <, <=, >, >=");
    };
  }

  private static final Pattern SCHEME =
      Pattern.compile("([a-zA-Z][a-zA-Z0-9+.-]*):.*", Pattern.DOTALL);

  /** What stands before the first colon, in small letters, if it can be a scheme. */
  private static String scheme(Call call) {
    Matcher match = SCHEME.matcher(call.inputText());
    return match.matches() ? match.group(1).toLowerCase(Locale.ROOT) : "";
  }

  /** As in Ansible, any text is one unless schemes are asked for. */
  private static boolean uri(Call call) {
    if (!(call.input() instanceof Value.Textual)) {
      return false;
    }
    if (!call.has("schemes") || !Truth.of(call.get("schemes"))) {
      return true;
    }
    return Equality.contains(call.get("schemes"), Value.text(scheme(call)));
  }

  private static boolean url(Call call) {
    String text = call.inputText();
    String scheme = scheme(call);
    String rest = scheme.isEmpty() ? text : text.substring(scheme.length() + 1);
    boolean host = rest.startsWith("//") && !rest.substring(2).split("[/?#]", 2)[0].isEmpty();
    return uri(call) && (host || scheme.equals("file"));
  }
}

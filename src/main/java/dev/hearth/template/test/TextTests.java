package dev.hearth.template.test;

import dev.hearth.template.Call;
import dev.hearth.template.Test;
import dev.hearth.template.python.Printed;
import dev.hearth.template.python.PythonError;
import dev.hearth.template.python.PythonRegex;
import dev.hearth.template.python.Sequences;
import dev.hearth.value.Value;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.HashMap;
import java.util.List;
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
    all.put("uri", Test.of("schemes?", call -> uri(call, List.of())));
    all.put(
        "url",
        Test.of("schemes?", call -> uri(call, List.of("ftp", "http", "https", "file", "sftp"))));
    all.put(
        "urn", Test.of("", call -> call.inputText().toLowerCase(Locale.ROOT).startsWith("urn:")));
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

  private static boolean uri(Call call, List<String> usual) {
    try {
      URI uri = new URI(call.inputText());
      if (uri.getScheme() == null) {
        return false;
      }
      List<Value> given = call.has("schemes") ? Sequences.iterate(call.get("schemes")) : List.of();
      List<String> schemes = given.isEmpty() ? usual : given.stream().map(Printed::str).toList();
      return schemes.isEmpty() || schemes.contains(uri.getScheme().toLowerCase(Locale.ROOT));
    } catch (URISyntaxException wrong) {
      return false;
    }
  }
}

package dev.hearth.template.python;

import java.util.function.IntPredicate;

/** The {@code is…} methods of texts. */
final class CharacterClass {

  private CharacterClass() {}

  static boolean space(int c) {
    return Character.isWhitespace(c) || Character.isSpaceChar(c) || c == 0x85;
  }

  static boolean holds(String method, String text) {
    return switch (method) {
      case "isdigit", "isdecimal", "isnumeric" -> all(text, Character::isDigit);
      case "isalpha" -> all(text, Character::isLetter);
      case "isalnum" -> all(text, Character::isLetterOrDigit);
      case "isspace" -> all(text, CharacterClass::space);
      case "isupper" -> cased(text, Character::isUpperCase, Character::isLowerCase);
      case "islower" -> cased(text, Character::isLowerCase, Character::isUpperCase);
      case "istitle" ->
          text.codePoints().anyMatch(Character::isLetter) && Words.title(text).equals(text);
      case "isascii" -> text.chars().allMatch(c -> c < 128);
      case "isprintable" -> text.codePoints().noneMatch(Character::isISOControl);
      default -> text.matches("[\\p{L}_][\\p{L}\\p{N}_]*");
    };
  }

  private static boolean all(String text, IntPredicate wanted) {
    return !text.isEmpty() && text.codePoints().allMatch(wanted);
  }

  private static boolean cased(String text, IntPredicate wanted, IntPredicate unwanted) {
    return text.codePoints().anyMatch(wanted) && text.codePoints().noneMatch(unwanted);
  }
}

package dev.hearth.template.syntax;

/**
 * One word of a template.
 *
 * @param kind what it is
 * @param text its characters; for a string what it stands for, for data the text between the tags
 * @param at the offset of its first character in the template
 */
record Token(Kind kind, String text, int at) {

  /** What a token can be. */
  enum Kind {
    DATA("text"),
    BLOCK_BEGIN("begin of statement block"),
    BLOCK_END("end of statement block"),
    VARIABLE_BEGIN("begin of print statement"),
    VARIABLE_END("end of print statement"),
    NAME("name"),
    STRING("string"),
    INTEGER("integer"),
    FLOAT("float"),
    OPERATOR("operator"),
    END("end of template");

    private final String words;

    Kind(String words) {
      this.words = words;
    }

    String words() {
      return words;
    }
  }

  boolean isOperator(String operator) {
    return kind == Kind.OPERATOR && text.equals(operator);
  }

  boolean isName(String name) {
    return kind == Kind.NAME && text.equals(name);
  }

  /** As an error message names it. */
  String shown() {
    return switch (kind) {
      case NAME, OPERATOR, INTEGER, FLOAT -> "'" + text + "'";
      case STRING -> "a string";
      default -> kind.words();
    };
  }
}

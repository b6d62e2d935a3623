package dev.hearth.view;

/**
 * One way in which output may carry a secret.
 *
 * @param text the characters
 * @param wraps whether programs spread it over lines, as they do with base64 and hexadecimal
 */
record SecretForm(String text, boolean wraps) {

  /** Where this form ends that begins at a position; -1 when it does not begin there. */
  int end(String shown, int from) {
    if (shown.startsWith(text, from)) {
      return from + text.length();
    }
    return wraps ? Math.max(endOverLines(shown, from, false), endOverLines(shown, from, true)) : -1;
  }

  private int endOverLines(String shown, int from, boolean marked) {
    int at = from;
    for (int next = 0; next < text.length(); next++) {
      char wanted = text.charAt(next);
      if (is(shown, at, wanted)) {
        at++;
        continue;
      }
      int behind = next == 0 ? -1 : LineBreak.end(shown, at);
      if (behind < 0) {
        return -1;
      }
      if (wanted == ' ') {
        // The break stands between two bytes, where a blank is otherwise.
        at = behind;
        continue;
      }
      at = marked ? LineBreak.endOfMark(shown, behind) : behind;
      if (!is(shown, at, wanted)) {
        return -1;
      }
      at++;
    }
    return at;
  }

  private static boolean is(String shown, int at, char wanted) {
    return at < shown.length() && shown.charAt(at) == wanted;
  }
}

package dev.hearth.module.files;

import dev.hearth.module.FileAttributes;
import dev.hearth.module.Refusal;
import dev.hearth.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A SELinux context: user, role, type and level, and the options of {@code chcon} for them. */
final class SelinuxContext {

  private static final List<String> OPTIONS = List.of("-u", "-r", "-t", "-l");

  private SelinuxContext() {}

  /** The words that {@code chcon} gets for what a task wishes; none when it wishes for nothing. */
  static List<String> wished(FileAttributes want, MarksFact.Answer now) {
    List<Optional<String>> wishes =
        List.of(want.seuser(), want.serole(), want.setype(), want.selevel());
    String[] usual = now.usual().map(SelinuxContext::split).orElse(new String[0]);
    String[] parts = new String[OPTIONS.size()];
    for (int i = 0; i < parts.length; i++) {
      String part = wishes.get(i).orElse("");
      if (part.equals("_default")) {
        if (now.usual().isEmpty()) {
          throw new Refusal(
              "the host cannot tell the usual SELinux context of the path; install the package"
                  + " libselinux-utils first, or write the context instead of _default");
        }
        part = i < usual.length ? usual[i] : "";
      }
      parts[i] = part;
    }
    return words(parts);
  }

  /** The words that {@code chcon} gets for a whole context. */
  static List<String> words(String context) {
    return words(split(context));
  }

  private static List<String> words(String[] parts) {
    List<String> words = new ArrayList<>();
    for (int i = 0; i < parts.length; i++) {
      if (!parts[i].isEmpty()) {
        words.add(OPTIONS.get(i));
        words.add(parts[i]);
      }
    }
    return words;
  }

  /** What {@code chcon} makes of a context with these words. */
  static String merged(String there, List<String> words) {
    String[] parts = split(there);
    for (int i = 0; i < words.size(); i += 2) {
      int at = OPTIONS.indexOf(words.get(i));
      if (at < parts.length) {
        parts[at] = words.get(i + 1);
      }
    }
    return String.join(":", parts);
  }

  /** As a difference shows it. */
  static Value shown(String context) {
    List<Value> parts = new ArrayList<>();
    for (String part : split(context)) {
      parts.add(Value.text(part));
    }
    return new Value.Seq(parts);
  }

  /** A level may have colons of its own. */
  private static String[] split(String context) {
    return context.split(":", OPTIONS.size());
  }
}

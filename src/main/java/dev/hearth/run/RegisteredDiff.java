package dev.hearth.run;

import dev.hearth.plan.Diff;
import dev.hearth.plan.Result;
import dev.hearth.value.Value;
import dev.hearth.yaml.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What changed as a result has it under {@code diff} in diff mode: a mapping with {@code before}
 * and {@code after}, or a list of them for modules that write files.
 */
final class RegisteredDiff {

  private static final Set<String> EDITS =
      Set.of("ansible.builtin.lineinfile", "ansible.builtin.blockinfile");
  private static final Set<String> WRITES =
      Set.of("ansible.builtin.copy", "ansible.builtin.template");

  private static final String CONTENT = " (content)";
  private static final String ATTRIBUTES = " (file attributes)";

  private final String module;
  private final List<Value> all = new ArrayList<>();
  private Optional<String> edited = Optional.empty();
  private boolean content;

  /**
   * @param module its full name
   */
  RegisteredDiff(String module) {
    this.module = module;
  }

  /** One more difference, and how it is shown. */
  void add(Diff difference, ShownDiff shown) {
    all.add(
        switch (shown) {
          case ShownDiff.Prepared prepared ->
              Value.Dict.ofTexts(Map.of("prepared", Value.text(prepared.text())));
          case ShownDiff.Texts texts -> sides(difference, texts);
        });
  }

  /** The result with what was added, if anything was. */
  Result in(Result result) {
    if (all.isEmpty() || result.failed() || result.skipped()) {
      return result;
    }
    edited.map(RegisteredDiff::sameAttributes).filter(none -> all.size() == 1).ifPresent(all::add);
    boolean list = EDITS.contains(module) || (WRITES.contains(module) && content) || all.size() > 1;
    return result.with("diff", list ? new Value.Seq(all) : all.getFirst());
  }

  private Value sides(Diff difference, ShownDiff.Texts texts) {
    boolean properties =
        difference instanceof Diff.Properties || difference instanceof Diff.Removed;
    content |= !properties;
    Map<String, Value> sides = new LinkedHashMap<>();
    side(sides, "before", texts.beforeHeader(), texts.before(), properties);
    side(sides, "after", texts.afterHeader(), texts.after(), properties);
    if (EDITS.contains(module)
        && sides.get("after_header") instanceof Value.Text header
        && header.value().endsWith(CONTENT)) {
      edited = Optional.of(header.value().substring(0, header.value().length() - CONTENT.length()));
    }
    return Value.Dict.ofTexts(sides);
  }

  private static void side(
      Map<String, Value> sides,
      String name,
      String header,
      Value.Textual text,
      boolean properties) {
    sides.put(name, properties ? Json.read(text.reveal()) : text);
    if (header.startsWith(name + ": ")) {
      sides.put(name + "_header", Value.text(header.substring(name.length() + 2)));
    }
  }

  /** An edit tells of the file's mode and owners too, also where they stay. */
  private static Value sameAttributes(String path) {
    Value header = Value.text(path + ATTRIBUTES);
    return Value.Dict.ofTexts(Map.of("before_header", header, "after_header", header));
  }
}

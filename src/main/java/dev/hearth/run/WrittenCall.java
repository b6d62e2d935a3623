package dev.hearth.run;

import dev.hearth.playbook.Action;
import dev.hearth.template.python.Printed;
import dev.hearth.value.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A task's arguments as they are written, templates not evaluated, as reports name them. */
final class WrittenCall {

  private WrittenCall() {}

  /** {@code name=value, name=value}, values as Python prints them. */
  static String of(Action action) {
    List<String> words = new ArrayList<>();
    action
        .args()
        .forEach((name, value) -> words.add(name + "=" + Printed.str(written(value.value()))));
    action
        .freeForm()
        .ifPresent(free -> words.add("_raw_params=" + Printed.str(written(free.value()))));
    return String.join(", ", words);
  }

  private static Value written(Value value) {
    return switch (value) {
      case Value.Template template ->
          template.secret() ? new Value.Secret(template.source()) : Value.text(template.source());
      case Value.Vaulted sealed -> Value.text("!vault");
      case Value.Seq list ->
          new Value.Seq(list.items().stream().map(WrittenCall::written).toList());
      case Value.Dict dict -> {
        Map<Value, Value> all = new LinkedHashMap<>();
        dict.entries().forEach((key, item) -> all.put(written(key), written(item)));
        yield new Value.Dict(all);
      }
      default -> value;
    };
  }
}

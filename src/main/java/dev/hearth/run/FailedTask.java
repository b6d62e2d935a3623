package dev.hearth.run;

import dev.hearth.playbook.Keyword;
import dev.hearth.playbook.Task;
import dev.hearth.template.TemplateFailure;
import dev.hearth.value.Located;
import dev.hearth.value.Value;
import dev.hearth.vars.Layers;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A task as {@code ansible_failed_task} tells of it: its keywords by their names, as written. */
final class FailedTask {

  private FailedTask() {}

  static Value.Dict of(Task task, Services services, Layers scope) {
    Map<String, Value> about = new LinkedHashMap<>();
    task.attributes()
        .settings()
        .forEach(
            (keyword, written) ->
                about.put(keyword.name().toLowerCase(Locale.ROOT), plain(written.value())));
    about.put("name", Value.text(Names.given(task, services.templar(), scope)));
    about.put("action", Value.text(task.action().written()));
    about.put("resolved_action", Value.text(task.action().name()));
    about.put("args", arguments(task, services, scope));
    about.put("when", plain(task.attributes().when()));
    about.put(
        "tags", new Value.Seq(task.attributes().tags().stream().<Value>map(Value::text).toList()));
    about.put("notify", plain(task.notifies()));
    about.put("changed_when", plain(task.changedWhen()));
    about.put("failed_when", plain(task.failedWhen()));
    about.put("until", plain(task.until()));
    about.put("register", task.register().map(name -> plain(name.value())).orElse(Value.NULL));
    about.put("loop", task.loop().map(loop -> plain(loop.items().value())).orElse(Value.NULL));
    about.putIfAbsent(Keyword.DELEGATE_TO.word(), Value.NULL);
    return Value.Dict.ofTexts(about);
  }

  /** What the task was given; what it says itself where that cannot be evaluated any more. */
  private static Value arguments(Task task, Services services, Layers scope) {
    try {
      return Value.Dict.ofTexts(Arguments.of(task, services, scope).values());
    } catch (TemplateFailure unknown) {
      Map<String, Value> written = new LinkedHashMap<>();
      task.action().args().forEach((name, value) -> written.put(name, plain(value.value())));
      return Value.Dict.ofTexts(written);
    }
  }

  private static Value plain(List<Located> written) {
    return new Value.Seq(written.stream().map(each -> plain(each.value())).toList());
  }

  /** What is written is told, not evaluated. */
  private static Value plain(Value written) {
    return switch (written) {
      case Value.Template template -> Value.text(template.source());
      case Value.Seq list -> new Value.Seq(list.items().stream().map(FailedTask::plain).toList());
      case Value.Dict mapping -> {
        Map<Value, Value> all = new LinkedHashMap<>();
        mapping.entries().forEach((name, value) -> all.put(name, plain(value)));
        yield new Value.Dict(all);
      }
      default -> written;
    };
  }
}

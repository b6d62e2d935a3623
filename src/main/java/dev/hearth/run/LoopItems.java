package dev.hearth.run;

import dev.hearth.diag.Diagnostic;
import dev.hearth.plan.Result;
import dev.hearth.playbook.Loop;
import dev.hearth.playbook.Task;
import dev.hearth.template.Templar;
import dev.hearth.template.TemplateFailure;
import dev.hearth.template.UndefinedFailure;
import dev.hearth.template.python.TypeName;
import dev.hearth.value.Located;
import dev.hearth.value.Value;
import dev.hearth.vars.Layers;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a task loops over, the variables of each item, and the sum of their results. */
final class LoopItems {

  private static final String EXTENDED = "ansible_loop";

  private final Templar templar;
  private final Loop loop;
  private final Task task;

  LoopItems(Templar templar, Loop loop, Task task) {
    this.templar = templar;
    this.loop = loop;
    this.task = task;
  }

  /**
   * The items; empty when something in them is undefined and the task's conditions do not hold
   * anyway, so that it is skipped as Ansible does it.
   */
  Optional<List<Value>> evaluate(Layers scope) {
    try {
      return Optional.of(items(scope));
    } catch (UndefinedFailure undefined) {
      if (skips(scope)) {
        return Optional.empty();
      }
      throw undefined;
    }
  }

  /** Conditions count up to the first that cannot be told, such as one of an item. */
  private boolean skips(Layers scope) {
    try {
      return task.attributes().when().stream()
          .anyMatch(condition -> !templar.condition(condition, scope));
    } catch (TemplateFailure unknown) {
      return false;
    }
  }

  private List<Value> items(Layers scope) {
    if (loop.kind() == Loop.Kind.WITH) {
      Value terms = templar.resolve(loop.items(), scope);
      List<Value> list = terms instanceof Value.Seq seq ? seq.items() : List.of(terms);
      return templar.lookup(loop.lookup(), list, Map.of(), loop.items().at(), scope);
    }
    Value value = templar.resolve(loop.items(), scope);
    if (value instanceof Value.Seq seq) {
      return seq.items();
    }
    throw new TemplateFailure(
        Diagnostic.error(
                loop.items().at(),
                "The `loop` value must resolve to a 'list', not '" + TypeName.of(value) + "'.")
            .next("write a list, or make one: {{ value | list }}, {{ mapping | dict2items }}"));
  }

  /** The variables of one item. */
  Map<String, Value> locals(List<Value> all, int index, Layers scope) {
    Map<String, Value> locals = new LinkedHashMap<>();
    locals.put(loop.loopVar(), all.get(index));
    locals.put("ansible_loop_var", Value.text(loop.loopVar()));
    loop.indexVar()
        .ifPresent(
            name -> {
              locals.put(name, Value.number(index));
              locals.put("ansible_index_var", Value.text(name));
            });
    if (isOn(loop.extended(), false, scope)) {
      locals.put(EXTENDED, extended(all, index, isOn(loop.extendedAllItems(), true, scope)));
    }
    return locals;
  }

  private boolean isOn(Optional<Located> written, boolean otherwise, Layers scope) {
    return written
        .map(value -> Keywords.bool(templar.resolve(value, scope), value.at()))
        .orElse(otherwise);
  }

  private static Value extended(List<Value> all, int index, boolean withAllItems) {
    int length = all.size();
    Map<String, Value> extended = new LinkedHashMap<>();
    extended.put("index", Value.number(index + 1L));
    extended.put("index0", Value.number(index));
    extended.put("first", Value.bool(index == 0));
    extended.put("last", Value.bool(index + 1 == length));
    extended.put("length", Value.number(length));
    extended.put("revindex", Value.number(length - (long) index));
    extended.put("revindex0", Value.number(length - index - 1L));
    if (withAllItems) {
      extended.put("allitems", new Value.Seq(all));
    }
    if (index + 1 < length) {
      extended.put("nextitem", all.get(index + 1));
    }
    if (index > 0) {
      extended.put("previtem", all.get(index - 1));
    }
    return Value.Dict.ofTexts(extended);
  }

  /** What the output shows for an item. */
  Value label(Value item, Layers itemScope) {
    return loop.label().map(written -> templar.resolve(written, itemScope)).orElse(item);
  }

  /** Waits between two items if the loop asks for it. */
  void pause(Layers itemScope) throws InterruptedException {
    if (loop.pause().isPresent()) {
      Located written = loop.pause().get();
      Waiting.seconds(new Keywords(task.attributes(), templar, itemScope).number(written));
    }
  }

  /** Whether {@code break_when} ends the loop here. */
  boolean stops(Layers itemScope) {
    return !loop.breakWhen().isEmpty()
        && loop.breakWhen().stream().allMatch(condition -> templar.condition(condition, itemScope));
  }

  /** An item's result as it stands in the sum: with the variables that the loop set for it. */
  Attempt.Done marked(Attempt.Done done, Map<String, Value> locals) {
    Result marked = done.result();
    for (Map.Entry<String, Value> local : locals.entrySet()) {
      marked = marked.with(local.getKey(), local.getValue());
    }
    return done.with(marked);
  }

  /** All items' results as one. */
  static Result sum(List<Result> results) {
    boolean changed = results.stream().anyMatch(Result::changed);
    boolean failed = results.stream().anyMatch(Result::failed);
    boolean skipped = results.stream().allMatch(Result::skipped);
    Map<String, Value> values = new LinkedHashMap<>();
    values.put(
        "msg",
        Value.text(
            failed
                ? "One or more items failed"
                : skipped ? "All items skipped" : "All items completed"));
    values.put("results", Registered.items(results));
    return new Result(changed, failed, skipped, values);
  }
}

package dev.hearth.run;

import dev.hearth.diag.Diagnostic;
import dev.hearth.plan.Result;
import dev.hearth.template.TemplateFailure;
import dev.hearth.template.UndefinedFailure;
import dev.hearth.template.python.Printed;
import dev.hearth.value.Located;
import dev.hearth.value.Value;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The actions that tell or judge: {@code debug}, {@code fail} and {@code assert}. */
final class Sayings {

  private final DirectiveCall call;

  Sayings(DirectiveCall call) {
    this.call = call;
  }

  Result debug() {
    Value verbosity = call.arguments().values().get("verbosity");
    if (verbosity != null
        && call.keywords().number(call.located(verbosity, "verbosity"))
            > call.services().options().verbosity()) {
      return new Result(
          false, false, true, Map.of("skipped_reason", Value.text("Verbosity threshold not met.")));
    }
    Value named = call.arguments().values().getOrDefault("var", Value.NULL);
    if (named instanceof Value.Seq || named instanceof Value.Dict) {
      return Result.failure(
          "argument 'var' is of type "
              + (named instanceof Value.Seq ? "list" : "dict")
              + " and we were unable to convert to _check_type_str_no_conversion: '"
              + Printed.str(named)
              + "' is not a string and conversion is not allowed");
    }
    Optional<String> variable = call.text("var");
    if (variable.isEmpty()) {
      return Result.ok()
          .with("msg", call.arguments().values().getOrDefault("msg", Value.text("Hello world!")));
    }
    if (named instanceof Value.Textual text && !text.trusted()) {
      throw new TemplateFailure(
          Diagnostic.error(call.place("var"), "'var' is text that nobody wrote as an expression")
              .because("a template put it together, or it comes from a host")
              .next("write the variable's name, or show the value with msg:"));
    }
    try {
      return Result.ok()
          .with(
              variable.get(),
              call.services().templar().evaluate(variable.get(), call.place("var"), call.scope()));
    } catch (UndefinedFailure undefined) {
      return Result.ok()
          .with(variable.get(), "<< error 1 - " + undefined.diagnostic().summary() + " >>");
    }
  }

  Result fail() {
    return Result.ok()
        .failed(true)
        .with(
            "msg",
            call.arguments()
                .values()
                .getOrDefault("msg", Value.text("Failed as requested from task")));
  }

  Result assertion() {
    Value that = call.arguments().values().getOrDefault("that", Value.NULL);
    if (call.services().templar().opened(call.located(that, "that"), call.scope())
        instanceof Value.Seq list) {
      that = list;
    }
    List<Value> conditions = that instanceof Value.Seq list ? list.items() : List.of(that);
    for (Value condition : conditions) {
      Located located = call.located(condition, "that");
      if (!call.services().templar().condition(located, call.scope())) {
        return Result.failure(
                call.text("fail_msg").or(() -> call.text("msg")).orElse("Assertion failed"))
            .with("assertion", Keywords.asWritten(condition))
            .with("evaluated_to", false);
      }
    }
    return Result.ok().with("msg", call.text("success_msg").orElse("All assertions passed"));
  }
}

package dev.hearth.run;

import dev.hearth.diag.Diagnostic;
import dev.hearth.diag.HearthException;
import dev.hearth.plan.Result;
import dev.hearth.playbook.Keyword;
import dev.hearth.playbook.VariableNames;
import dev.hearth.template.TemplateFailure;
import dev.hearth.value.Value;
import dev.hearth.vars.Level;
import dev.hearth.vars.Variable;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The actions that give variables: {@code set_fact}, {@code include_vars} and {@code set_stats}.
 */
final class LearntVariables {

  private final DirectiveCall call;

  LearntVariables(DirectiveCall call) {
    this.call = call;
  }

  Result setFact() {
    Map<String, Value> facts = new LinkedHashMap<>();
    call.arguments().values().forEach((name, value) -> facts.put(factName(name), value));
    facts.remove("cacheable");
    facts.remove(Arguments.FREE_FORM);
    if (facts.isEmpty()) {
      return Result.failure(
          "No key/value pairs provided, at least one is required for this action to succeed");
    }
    for (String name : facts.keySet()) {
      if (!VariableNames.isValid(name)) {
        throw new TemplateFailure(
            Diagnostic.error(call.place(name), "Invalid variable name '" + name + "'.")
                .because("names are letters, digits and underscores and do not begin with a digit")
                .next("rename it"));
      }
    }
    Map<String, Variable> learnt = new LinkedHashMap<>();
    facts.forEach(
        (name, value) -> learnt.put(name, new Variable(value, call.place(name), Level.SET_FACT)));
    Value cacheable = call.arguments().values().getOrDefault("cacheable", Value.Bool.FALSE);
    boolean cached = Keywords.bool(cacheable, call.place("cacheable"));
    call.services()
        .memory()
        .learn(
            owner(),
            known -> cached ? known.withSet(learnt).withFacts(facts) : known.withSet(learnt));
    return Result.ok().with("ansible_facts", Value.Dict.ofTexts(facts));
  }

  /** A name that is written may be a template; one that came out of a template is a name. */
  private String factName(String name) {
    return name.contains("{{") && call.task().action().args().containsKey(name)
        ? Keywords.text(
            call.services()
                .templar()
                .resolve(new Value.Template(name, call.place(name), false), call.scope()))
        : name;
  }

  /** Whose facts these are: with {@code delegate_facts} those of the host that does the work. */
  private String owner() {
    return call.keywords().is(Keyword.DELEGATE_FACTS, false)
        ? call.keywords().text(Keyword.DELEGATE_TO).orElse(call.host())
        : call.host();
  }

  Result includeVars() {
    IncludedVars included =
        new IncludedVars(
            call.services().files(),
            call.scope(),
            call.task().context(),
            call.arguments(),
            call.place("file"));
    Map<String, Value> read;
    try {
      read = included.read();
    } catch (HearthException unreadable) {
      call.explain(unreadable.diagnostics().getFirst());
      String why = unreadable.diagnostics().getFirst().summary();
      return Result.failure(why)
          .with("message", why)
          .with(
              "ansible_facts",
              call.text("name")
                  .map(name -> Value.Dict.ofTexts(Map.of(name, Value.Dict.EMPTY)))
                  .orElse(Value.Dict.EMPTY))
          .with("ansible_included_var_files", included.filesRead());
    }
    call.services()
        .memory()
        .learn(
            owner(),
            known ->
                known.withIncluded(Variable.all(Level.INCLUDE_VARS, call.place("file"), read)));
    return Result.ok()
        .with("ansible_included_var_files", included.filesRead())
        .with("ansible_facts", Value.Dict.ofTexts(read));
  }

  /** The views add them up; see {@code show_custom_stats}. */
  Result setStats() {
    if (!(call.arguments().values().get("data") instanceof Value.Dict data)) {
      return Result.failure("The 'data' option needs to be a dictionary/hash");
    }
    Map<String, Value> stats = new LinkedHashMap<>();
    stats.put("data", data);
    stats.put("per_host", Value.bool(call.flag("per_host", false)));
    stats.put("aggregate", Value.bool(call.flag("aggregate", true)));
    return Result.ok().with("ansible_stats", Value.Dict.ofTexts(stats));
  }
}

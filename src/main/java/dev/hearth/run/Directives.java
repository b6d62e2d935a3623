package dev.hearth.run;

import dev.hearth.connection.Target;
import dev.hearth.connection.Unreachable;
import dev.hearth.diag.Diagnostic;
import dev.hearth.diag.HearthException;
import dev.hearth.diag.Location;
import dev.hearth.plan.Result;
import dev.hearth.playbook.Keyword;
import dev.hearth.playbook.Task;
import dev.hearth.template.TemplateFailure;
import dev.hearth.template.UndefinedFailure;
import dev.hearth.template.python.Printed;
import dev.hearth.value.Located;
import dev.hearth.value.Value;
import dev.hearth.vars.Layers;
import dev.hearth.vars.Level;
import dev.hearth.vars.Variable;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Actions that steer the run instead of changing a host. */
final class Directives {

  static final String INCLUDE_TASKS = "ansible.builtin.include_tasks";
  static final String INCLUDE_ROLE = "ansible.builtin.include_role";
  static final String SET_FACT = "ansible.builtin.set_fact";
  static final String INCLUDE_VARS = "ansible.builtin.include_vars";
  static final String ADD_HOST = "ansible.builtin.add_host";
  static final String VALIDATE_ARGUMENTS = "ansible.builtin.validate_argument_spec";
  static final String ASYNC_STATUS = "ansible.builtin.async_status";
  static final String META = "ansible.builtin.meta";
  private static final Set<String> INCLUDES = Set.of(INCLUDE_TASKS, INCLUDE_ROLE);
  private static final double WAIT_TIMEOUT = 600;
  private static final Pattern WITH_PORT = Pattern.compile("([^:\\[\\]]+):(\\d+)");

  private final Services services;
  private final Task task;
  private final String host;
  private final Layers scope;
  private final Keywords keywords;
  private final Arguments arguments;
  private final boolean check;
  private final Consumer<Diagnostic> tell;

  /**
   * @param tell takes why something failed
   */
  Directives(
      Services services,
      Task task,
      String host,
      Layers scope,
      Keywords keywords,
      Arguments arguments,
      boolean check,
      Consumer<Diagnostic> tell) {
    this.services = services;
    this.task = task;
    this.host = host;
    this.scope = scope;
    this.keywords = keywords;
    this.arguments = arguments;
    this.check = check;
    this.tell = tell;
  }

  /** Whether an action brings in tasks while the run goes on. */
  static boolean includes(String action) {
    return INCLUDES.contains(action);
  }

  Result run() throws InterruptedException {
    return switch (task.action().name()) {
      case "ansible.builtin.debug" -> debug();
      case "ansible.builtin.fail" ->
          Result.ok()
              .failed(true)
              .with(
                  "msg",
                  arguments
                      .values()
                      .getOrDefault("msg", Value.text("Failed as requested from task")));
      case "ansible.builtin.assert" -> assertion();
      case SET_FACT -> setFact();
      case INCLUDE_VARS -> includeVars();
      case ADD_HOST -> addHost();
      case "ansible.builtin.group_by" -> groupBy();
      case "ansible.builtin.set_stats" -> setStats();
      case VALIDATE_ARGUMENTS -> validateArguments();
      case "ansible.builtin.pause" -> pause();
      case "ansible.builtin.wait_for_connection" -> waitForConnection();
      default -> throw new IllegalStateException("no such directive: " + task.action().name());
    };
  }

  private Result debug() {
    Value verbosity = arguments.values().get("verbosity");
    if (verbosity != null
        && keywords.number(located(verbosity, "verbosity")) > services.options().verbosity()) {
      return new Result(
          false, false, true, Map.of("skipped_reason", Value.text("Verbosity threshold not met.")));
    }
    Value named = arguments.values().getOrDefault("var", Value.NULL);
    if (named instanceof Value.Seq || named instanceof Value.Dict) {
      return Result.failure(
          "argument 'var' is of type "
              + (named instanceof Value.Seq ? "list" : "dict")
              + " and we were unable to convert to _check_type_str_no_conversion: '"
              + Printed.str(named)
              + "' is not a string and conversion is not allowed");
    }
    Optional<String> variable = text("var");
    if (variable.isEmpty()) {
      return Result.ok()
          .with("msg", arguments.values().getOrDefault("msg", Value.text("Hello world!")));
    }
    try {
      return Result.ok()
          .with(variable.get(), services.templar().evaluate(variable.get(), place("var"), scope));
    } catch (UndefinedFailure undefined) {
      return Result.ok()
          .with(variable.get(), "<< error 1 - " + undefined.diagnostic().summary() + " >>");
    }
  }

  private Result assertion() {
    Value that = arguments.values().get("that");
    List<Value> conditions =
        that instanceof Value.Seq list ? list.items() : List.of(that == null ? Value.NULL : that);
    for (Value condition : conditions) {
      Located located = located(condition, "that");
      if (!services.templar().condition(located, scope)) {
        return Result.failure(text("fail_msg").or(() -> text("msg")).orElse("Assertion failed"))
            .with("assertion", condition)
            .with("evaluated_to", false);
      }
    }
    return Result.ok().with("msg", text("success_msg").orElse("All assertions passed"));
  }

  private Result setFact() {
    Map<String, Value> facts = new LinkedHashMap<>();
    arguments.values().forEach((name, value) -> facts.put(factName(name), value));
    facts.remove("cacheable");
    facts.remove(Arguments.FREE_FORM);
    if (facts.isEmpty()) {
      return Result.failure(
          "No key/value pairs provided, at least one is required for this action to succeed");
    }
    for (String name : facts.keySet()) {
      if (!name.matches("[A-Za-z_][A-Za-z0-9_]*")) {
        throw new TemplateFailure(
            Diagnostic.error(place(name), "Invalid variable name '" + name + "'.")
                .because("names are letters, digits and underscores and do not begin with a digit")
                .next("rename it"));
      }
    }
    Map<String, Variable> learnt = new LinkedHashMap<>();
    facts.forEach(
        (name, value) -> learnt.put(name, new Variable(value, place(name), Level.SET_FACT)));
    Value cacheable = arguments.values().getOrDefault("cacheable", Value.Bool.FALSE);
    boolean cached = Keywords.bool(cacheable, place("cacheable"));
    services
        .memory()
        .learn(
            owner(),
            known -> cached ? known.withSet(learnt).withFacts(facts) : known.withSet(learnt));
    return Result.ok().with("ansible_facts", Value.Dict.ofTexts(facts));
  }

  /** A name that is written may be a template; one that came out of a template is a name. */
  private String factName(String name) {
    return name.contains("{{") && task.action().args().containsKey(name)
        ? Keywords.text(
            services.templar().resolve(new Value.Template(name, place(name), false), scope))
        : name;
  }

  /** Whose facts these are: with {@code delegate_facts} those of the host that does the work. */
  private String owner() {
    return keywords.is(Keyword.DELEGATE_FACTS, false)
        ? keywords.text(Keyword.DELEGATE_TO).orElse(host)
        : host;
  }

  private Result includeVars() {
    IncludedVars included =
        new IncludedVars(services.files(), scope, task.context(), arguments, place("file"));
    Map<String, Value> read;
    try {
      read = included.read();
    } catch (HearthException unreadable) {
      tell.accept(unreadable.diagnostics().getFirst());
      String why = unreadable.diagnostics().getFirst().summary();
      return Result.failure(why)
          .with("message", why)
          .with(
              "ansible_facts",
              text("name")
                  .map(name -> Value.Dict.ofTexts(Map.of(name, Value.Dict.EMPTY)))
                  .orElse(Value.Dict.EMPTY))
          .with("ansible_included_var_files", included.filesRead());
    }
    services
        .memory()
        .learn(
            owner(),
            known -> known.withIncluded(Variable.all(Level.INCLUDE_VARS, place("file"), read)));
    return Result.ok()
        .with("ansible_included_var_files", included.filesRead())
        .with("ansible_facts", Value.Dict.ofTexts(read));
  }

  private Result addHost() {
    String written =
        text("name")
            .or(() -> text("hostname"))
            .or(() -> text("host"))
            .orElseThrow(() -> missing("name"));
    Matcher address = WITH_PORT.matcher(written);
    String name = address.matches() ? address.group(1) : written;
    Value groups =
        arguments
            .values()
            .getOrDefault(
                "groupname",
                arguments
                    .values()
                    .getOrDefault("groups", arguments.values().getOrDefault("group", Value.NULL)));
    List<String> groupNames = Keywords.texts(groups).stream().distinct().toList();
    Map<String, Located> vars = new LinkedHashMap<>();
    if (address.matches()) {
      Value port = Value.number(Long.parseLong(address.group(2)));
      vars.put("ansible_ssh_port", located(port, "name"));
    }
    arguments
        .values()
        .forEach(
            (key, value) -> {
              if (!Set.of("name", "hostname", "groups", "groupname").contains(key)) {
                vars.put(key, located(value, key));
              }
            });
    services.inventory().change(now -> now.withHost(name, groupNames, vars, task.at()));
    Map<String, Value> made = new LinkedHashMap<>();
    made.put("host_name", Value.text(name));
    made.put("groups", texts(groupNames));
    Map<String, Value> values = new TreeMap<>();
    vars.forEach((key, value) -> values.put(key, value.value()));
    made.put("host_vars", Value.Dict.ofTexts(values));
    return Result.changedNow().with("add_host", Value.Dict.ofTexts(made));
  }

  private Result groupBy() {
    String group = text("key").orElseThrow(() -> missing("key")).replace(' ', '-');
    List<String> parents =
        (arguments.values().getOrDefault("parents", Value.text("all")) instanceof Value.Seq list
                ? list.items().stream().map(Keywords::text)
                : Stream.of(text("parents").orElse("all")))
            .map(parent -> parent.replace(' ', '-'))
            .toList();
    services.inventory().change(now -> now.withGroup(group, List.of(host), parents, task.at()));
    return Result.changedNow().with("add_group", group).with("parent_groups", texts(parents));
  }

  private static Value texts(List<String> texts) {
    return new Value.Seq(texts.stream().<Value>map(Value::text).toList());
  }

  /** The views add them up; see {@code show_custom_stats}. */
  private Result setStats() {
    if (!(arguments.values().get("data") instanceof Value.Dict data)) {
      return Result.failure("The 'data' option needs to be a dictionary/hash");
    }
    Map<String, Value> stats = new LinkedHashMap<>();
    stats.put("data", data);
    stats.put("per_host", Value.bool(flag("per_host", false)));
    stats.put("aggregate", Value.bool(flag("aggregate", true)));
    return Result.ok().with("ansible_stats", Value.Dict.ofTexts(stats));
  }

  private boolean flag(String name, boolean otherwise) {
    Value given = arguments.values().get(name);
    return given == null ? otherwise : Keywords.bool(given, place(name));
  }

  private Result validateArguments() {
    Value context = arguments.values().getOrDefault("validate_args_context", Value.Dict.EMPTY);
    if (!(arguments.values().get("argument_spec") instanceof Value.Dict spec)) {
      return Result.failure("Incorrect type for argument_spec, expected dict");
    }
    Map<String, Value> given = new LinkedHashMap<>();
    for (Value key : spec.entries().keySet()) {
      Value known = scope.find(Keywords.text(key));
      if (known != null) {
        given.put(Keywords.text(key), services.templar().resolve(known, scope));
      }
    }
    if (arguments.values().get("provided_arguments") instanceof Value.Dict provided) {
      provided.entries().forEach((name, value) -> given.put(Keywords.text(name), value));
    }
    List<String> errors = ArgumentSpec.check(spec, given);
    if (errors.isEmpty()) {
      return Result.ok()
          .with("msg", "The arg spec validation passed")
          .with("validate_args_context", context);
    }
    return Result.failure("Validation of arguments failed:\n" + String.join("\n", errors))
        .with("argument_spec_data", spec)
        .with("argument_errors", new Value.Seq(errors.stream().<Value>map(Value::text).toList()))
        .with("validate_args_context", context);
  }

  private Result pause() throws InterruptedException {
    double seconds = number("seconds").orElse(0.0) + 60 * number("minutes").orElse(0.0);
    if (number("seconds").isEmpty() && number("minutes").isEmpty()) {
      throw new TemplateFailure(
          Diagnostic.error(task.action().at(), "pause would wait for somebody to press a key")
              .because("a run must be able to go on without anybody watching it")
              .next("write seconds: or minutes:, or use vars_prompt to ask before the run"));
    }
    if (!check) {
      Waiting.seconds(seconds);
    }
    return Result.ok()
        .with("delta", (long) seconds)
        .with("stdout", "Paused for " + Printed.str(new Value.Real(seconds)) + " seconds");
  }

  private Result waitForConnection() throws InterruptedException {
    double deadline = number("timeout").orElse(WAIT_TIMEOUT);
    double every = number("sleep").orElse(1.0);
    Waiting.seconds(number("delay").orElse(0.0));
    Target target =
        new Access(services.options().connection(), keywords, services.templar(), scope)
            .target(host);
    services.sessions().reset(target);
    long start = System.nanoTime();
    while (true) {
      try {
        return services
            .sessions()
            .with(target, connection -> Result.ok().with("elapsed", elapsed(start)));
      } catch (Unreachable notYet) {
        if (elapsed(start) + every > deadline) {
          return Result.failure(
                  "timed out waiting for the connection: " + notYet.diagnostic().summary())
              .with("elapsed", elapsed(start));
        }
        Waiting.seconds(every);
      }
    }
  }

  private static long elapsed(long start) {
    return (System.nanoTime() - start) / 1_000_000_000L;
  }

  private Optional<String> text(String name) {
    return Optional.ofNullable(arguments.values().get(name)).map(Keywords::text);
  }

  private Optional<Double> number(String name) {
    return Optional.ofNullable(arguments.values().get(name))
        .map(value -> keywords.number(located(value, name)));
  }

  private Located located(Value value, String name) {
    return new Located(value, place(name));
  }

  private Location place(String name) {
    return arguments
        .places()
        .getOrDefault(
            name, arguments.places().getOrDefault(Arguments.FREE_FORM, task.action().at()));
  }

  private TemplateFailure missing(String parameter) {
    return new TemplateFailure(
        Diagnostic.error(task.action().at(), task.action().written() + " needs '" + parameter + "'")
            .next("add " + parameter + ":"));
  }
}

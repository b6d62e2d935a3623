package dev.hearth.playbook;

import dev.hearth.diag.Location;
import dev.hearth.value.Located;
import dev.hearth.value.Value;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Finds every value of a playbook that a run will evaluate, so that all of them can be checked
 * before it starts. What entries inherit is told once, for the entry that comes first.
 */
public final class Templates {

  /** How a value is evaluated. */
  public enum Kind {
    /** It may hold templates anywhere inside. */
    VALUE,
    /** It is a bare expression that must be true or false. */
    CONDITION,
    /** It is a bare expression of any type, such as {@code var} of {@code debug}. */
    EXPRESSION
  }

  /**
   * A value that is evaluated.
   *
   * @param value the value
   * @param kind how
   * @param role what it is, as it is written: a keyword or the name of an argument or variable
   * @param owner the entry that needs it first; none for what belongs to a play or role
   */
  public record Found(Located value, Kind kind, String role, Optional<Entry> owner) {}

  private final List<Found> found = new ArrayList<>();
  private final Set<Located> seen = Collections.newSetFromMap(new IdentityHashMap<>());

  private Templates() {}

  /** All of a playbook. */
  public static List<Found> in(Playbook playbook) {
    Templates walk = new Templates();
    playbook.plays().forEach(walk::play);
    return walk.found;
  }

  /** All of these entries, such as those of a file that was loaded during the run. */
  public static List<Found> in(List<Entry> entries) {
    Templates walk = new Templates();
    entries.forEach(walk::entry);
    return walk.found;
  }

  /** All of a role that was loaded during the run. */
  public static List<Found> in(LoadedRole role) {
    Templates walk = new Templates();
    role.roles().forEach(walk::role);
    role.entries().forEach(walk::entry);
    role.handlers().forEach(walk::handler);
    return walk.found;
  }

  private void play(Play play) {
    Optional<Entry> none = Optional.empty();
    value(play.hosts(), "hosts", none);
    play.name().ifPresent(name -> value(name, "name", none));
    attributes(play.attributes(), none);
    play.settings().forEach((keyword, setting) -> value(setting, keyword.word(), none));
    variables(play.vars(), none);
    play.varsFiles().forEach(file -> value(file, "vars_files", none));
    play.varsPrompt()
        .forEach(
            prompt -> {
              value(prompt.prompt(), "prompt", none);
              prompt.defaultValue().ifPresent(each -> value(each, "default", none));
            });
    play.roles().forEach(this::role);
    play.preTasks().forEach(this::entry);
    play.roleEntries().forEach(this::entry);
    play.tasks().forEach(this::entry);
    play.postTasks().forEach(this::entry);
    play.handlers().forEach(this::handler);
  }

  private void role(RoleInstance role) {
    Optional<Entry> none = Optional.empty();
    variables(role.defaults(), none);
    variables(role.vars(), none);
    variables(role.entryVars(), none);
    variables(role.params(), none);
    attributes(role.attributes(), none);
  }

  private void handler(Handler handler) {
    entry(handler.task());
    handler.listen().forEach(topic -> value(topic, "listen", Optional.of(handler.task())));
  }

  private void entry(Entry entry) {
    Optional<Entry> owner = Optional.of(entry);
    attributes(entry.attributes(), owner);
    entry.name().ifPresent(name -> value(name, "name", owner));
    switch (entry) {
      case Block block -> {
        block.entries().forEach(this::entry);
        block.rescue().forEach(this::entry);
        block.always().forEach(this::entry);
      }
      case Task task -> task(task, owner);
    }
  }

  private void task(Task task, Optional<Entry> owner) {
    Action action = task.action();
    action.freeForm().ifPresent(text -> value(text, action.written(), owner));
    action.argsTemplate().ifPresent(args -> value(args, "args", owner));
    action.args().forEach((name, value) -> argument(action, name, value, owner));
    task.loop().ifPresent(loop -> loop(loop, owner));
    task.notifies().forEach(name -> value(name, "notify", owner));
    task.changedWhen().forEach(each -> condition(each, "changed_when", owner));
    task.failedWhen().forEach(each -> condition(each, "failed_when", owner));
    task.until().forEach(each -> condition(each, "until", owner));
    task.retries().ifPresent(each -> value(each, "retries", owner));
    task.delay().ifPresent(each -> value(each, "delay", owner));
    task.async().ifPresent(each -> value(each, "async", owner));
    task.poll().ifPresent(each -> value(each, "poll", owner));
    attributes(task.included(), owner);
  }

  private void argument(Action action, String name, Located value, Optional<Entry> owner) {
    switch (action.name() + "." + name) {
      case "ansible.builtin.assert.that" -> conditions(value, name, owner);
      case "ansible.builtin.debug.var" -> add(value, Kind.EXPRESSION, name, owner);
      case "ansible.builtin.include_tasks.apply", "ansible.builtin.include_role.apply" -> {
        // Its keywords are part of what the included entries inherit, where each has its own kind.
      }
      default -> value(value, name, owner);
    }
  }

  private void conditions(Located value, String name, Optional<Entry> owner) {
    if (value.value() instanceof Value.Seq list) {
      list.items().forEach(item -> condition(new Located(item, place(item, value)), name, owner));
    } else {
      condition(value, name, owner);
    }
  }

  private static Location place(Value item, Located list) {
    return item instanceof Value.Template template ? template.at() : list.at();
  }

  private void loop(Loop loop, Optional<Entry> owner) {
    String keyword = loop.kind() == Loop.Kind.LOOP ? "loop" : LoopReader.WITH + loop.lookup();
    value(loop.items(), keyword, owner);
    loop.label().ifPresent(each -> value(each, "label", owner));
    loop.pause().ifPresent(each -> value(each, "pause", owner));
    loop.extended().ifPresent(each -> value(each, "extended", owner));
    loop.extendedAllItems().ifPresent(each -> value(each, "extended_allitems", owner));
    loop.breakWhen().forEach(each -> condition(each, "break_when", owner));
  }

  private void attributes(Attributes attributes, Optional<Entry> owner) {
    attributes.settings().forEach((keyword, setting) -> value(setting, keyword.word(), owner));
    attributes.when().forEach(each -> condition(each, "when", owner));
    attributes.environment().forEach(each -> value(each, "environment", owner));
    variables(attributes.vars(), owner);
    attributes.moduleDefaults().forEach(each -> value(each, "module_defaults", owner));
  }

  private void variables(Map<String, Located> variables, Optional<Entry> owner) {
    variables.forEach((name, value) -> value(value, name, owner));
  }

  private void value(Located value, String role, Optional<Entry> owner) {
    if (holdsTemplates(value.value())) {
      add(value, Kind.VALUE, role, owner);
    }
  }

  private void condition(Located value, String role, Optional<Entry> owner) {
    add(value, Kind.CONDITION, role, owner);
  }

  private void add(Located value, Kind kind, String role, Optional<Entry> owner) {
    if (seen.add(value)) {
      found.add(new Found(value, kind, role, owner));
    }
  }

  private static boolean holdsTemplates(Value value) {
    return switch (value) {
      case Value.Template _ -> true;
      case Value.Seq list -> list.items().stream().anyMatch(Templates::holdsTemplates);
      case Value.Dict dict -> dict.entries().values().stream().anyMatch(Templates::holdsTemplates);
      default -> false;
    };
  }
}

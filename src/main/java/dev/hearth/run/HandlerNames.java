package dev.hearth.run;

import dev.hearth.diag.Diagnostic;
import dev.hearth.diag.Nearest;
import dev.hearth.diag.Source;
import dev.hearth.playbook.Handler;
import dev.hearth.playbook.Play;
import dev.hearth.playbook.RoleInstance;
import dev.hearth.playbook.Task;
import dev.hearth.value.Located;
import dev.hearth.value.Value;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Finds handlers that are notified in a play and that it does not have, those of included roles and
 * files counted. Where not all handlers are known before the run (a template in a name, an include
 * whose file only the run knows), it is left to the run.
 */
final class HandlerNames implements ContentWalk.Visitor {

  private final Set<String> names = new HashSet<>();
  private final List<Located> notified = new ArrayList<>();
  private final List<Source> damaged;
  private boolean open;

  /**
   * Names for one play.
   *
   * @param damaged files with errors, in which handlers may stand that could not be read
   */
  HandlerNames(List<Source> damaged) {
    this.damaged = List.copyOf(damaged);
  }

  @Override
  public void play(Play play) {
    play.handlers().forEach(this::name);
  }

  @Override
  public void role(RoleInstance role) {
    // Its handlers are the play's or come with the include.
  }

  @Override
  public boolean task(Task task, boolean reached) {
    notified.addAll(task.notifies());
    return false;
  }

  @Override
  public boolean notified(Handler handler) {
    return false;
  }

  @Override
  public void include(Task include, Optional<StaticIncludes.Brought> brought, boolean certain) {
    open |= brought.isEmpty() || !brought.get().problems().isEmpty();
    brought.ifPresent(found -> found.handlers().forEach(this::name));
  }

  /** What the play notifies in vain. */
  List<Diagnostic> findings() {
    List<Diagnostic> findings = new ArrayList<>();
    for (Located each : notified) {
      if (!open
          && each.value() instanceof Value.Text text
          && !names.contains(text.value())
          && !isDamaged(text.value())) {
        findings.add(
            Diagnostic.error(each.at(), "there is no handler '" + text.value() + "' in this play")
                .because("'notify' names a handler or a topic that a handler listens to")
                .next(Nearest.hint(text.value(), names, "add the handler or correct its name")));
      }
    }
    return findings;
  }

  /** Whether a handler or topic of that name may stand among what could not be read. */
  private boolean isDamaged(String name) {
    String own = name.substring(name.lastIndexOf(" : ") < 0 ? 0 : name.lastIndexOf(" : ") + 3);
    Pattern written = Pattern.compile("(?:name|listen):[^\\n]*" + Pattern.quote(own));
    return damaged.stream().anyMatch(source -> written.matcher(source.text()).find());
  }

  private void name(Handler handler) {
    Task task = handler.task();
    task.name().ifPresent(name -> name(name, task));
    handler.listen().forEach(this::name);
    // A file of handlers that is included once it is notified brings names of its own.
    open |= Directives.includes(task.action().name());
  }

  private void name(Located name, Task task) {
    name(name);
    task.context()
        .role()
        .ifPresent(role -> names.add(role.name() + " : " + Keywords.text(name.value())));
  }

  private void name(Located name) {
    if (name.value() instanceof Value.Template) {
      open = true;
    } else {
      names.add(Keywords.text(name.value()));
    }
  }
}

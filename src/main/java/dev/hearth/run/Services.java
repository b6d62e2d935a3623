package dev.hearth.run;

import dev.hearth.diag.SourceFiles;
import dev.hearth.module.Modules;
import dev.hearth.playbook.TaskSource;
import dev.hearth.receipt.Recorder;
import dev.hearth.template.Templar;
import dev.hearth.value.Value;
import java.util.function.Consumer;

/**
 * What every part of a run needs.
 *
 * @param options what the user asked for
 * @param inventory the hosts as they are now
 * @param modules all modules
 * @param templar evaluates templates
 * @param scopes puts variables together
 * @param memory what was learnt about hosts
 * @param sessions ways to hosts
 * @param tasks loads task files and roles that are included while the run goes on
 * @param files opens the user's text files
 * @param steps asks before each task, when that is wanted
 * @param asker asks whoever is at the terminal
 * @param invocation how the run was called
 * @param jobs what was started and not waited for
 * @param secrets is told every secret that a task is about to use
 * @param recorder notes what is done to hosts
 * @param calls says how modules were called
 * @param bridge packs modules that are written in Python
 */
record Services(
    RunOptions options,
    CurrentInventory inventory,
    Modules modules,
    Templar templar,
    Scopes scopes,
    Memory memory,
    Sessions sessions,
    TaskSource tasks,
    SourceFiles files,
    Steps steps,
    Prompts.Asker asker,
    Invocation invocation,
    Jobs jobs,
    Consumer<Value.Secret> secrets,
    Recorder recorder,
    ModuleCall calls,
    Bridge bridge) {

  /** The same for guesses at what comes: lookups that do more than read are not run. */
  Services careful() {
    return new Services(
        options,
        inventory,
        modules,
        templar.careful(),
        scopes,
        memory,
        sessions,
        tasks,
        files,
        steps,
        asker,
        invocation,
        jobs,
        secrets,
        recorder,
        calls,
        bridge);
  }

  /** Tells every secret inside a value. */
  void tellSecrets(Value value) {
    switch (value) {
      case Value.Secret secret -> secrets.accept(secret);
      case Value.Seq list -> list.items().forEach(this::tellSecrets);
      case Value.Dict mapping -> mapping.entries().values().forEach(this::tellSecrets);
      default -> {}
    }
  }
}

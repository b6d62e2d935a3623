package dev.hearth.run;

import dev.hearth.plan.Conclusion;
import dev.hearth.plan.Result;
import dev.hearth.plan.Step;
import dev.hearth.shell.Outcome;
import dev.hearth.shell.Payload;
import dev.hearth.shell.Renderer;
import dev.hearth.shell.Script;
import dev.hearth.value.Value;
import dev.hearth.yaml.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A job on a host that goes on when nobody waits for it. {@code ~/.ansible_async/ID} tells how it
 * stands, in the form of Ansible's; the directory {@code ID.d} beside it holds its scripts and what
 * they wrote. A supervisor of its own session runs the steps and ends them when their time is up,
 * so the connection may go away.
 */
final class DetachedJob {

  private static final Pattern ID = Pattern.compile("[A-Za-z0-9_-][A-Za-z0-9._-]*");
  private static final int MISSING = 44;

  private static final String PREPARE =
      """
      umask 077
      mkdir -p "$HOME/.ansible_async" && mkdir "$HOME/.ansible_async/$1.d" || exit 1
      printf '%s' "$HOME/.ansible_async/$1\"\
      """;

  private static final String STORE =
      """
      umask 077
      cat >"$HOME/.ansible_async/$1.d/$2\"\
      """;

  private static final String SUPERVISOR =
      """
      trap '' HUP
      umask 077
      dir=$HOME/.ansible_async jid=$1 limit=$2 steps=$3
      parts=$dir/$jid.d
      tell() {
        printf '%s\\n' "$1" >"$dir/$jid.new" && mv -f "$dir/$jid.new" "$dir/$jid"
      }
      late() {
        trap '' TERM
        tell "{\\"ansible_job_id\\": \\"$jid\\", \\"failed\\": 1, \\"finished\\": 1, \
      \\"msg\\": \\"the job did not end within $limit seconds\\", \\"started\\": 1}"
        exit 1
      }
      trap late TERM
      self=$$
      (
        trap 'kill "$nap" 2>/dev/null; exit' TERM
        sleep "$limit" &
        nap=$!
        wait "$nap"
        trap '' TERM
        kill -TERM -- "-$self" 2>/dev/null || kill -TERM "$self"
      ) &
      watch=$!
      step=0 status=0
      while [ "$step" -lt "$steps" ]; do
        sh "$parts/step.$step" <"$parts/in.$step" >"$parts/out.$step" 2>"$parts/err.$step" &
        work=$!
        wait "$work"
        status=$?
        printf '%s\\n' "$status" >"$parts/rc.$step"
        [ "$status" = 0 ] || break
        step=$((step + 1))
      done
      trap '' TERM
      kill "$watch" 2>/dev/null
      tell "{\\"ansible_job_id\\": \\"$jid\\", \\"finished\\": 1, \\"rc\\": $status, \\"started\\": 1}"
      """;

  private static final String START =
      """
      umask 077
      dir=$HOME/.ansible_async
      printf '{"ansible_job_id": "%s", "finished": 0, "started": 1}\\n' "$1" >"$dir/$1" || exit 1
      if command -v setsid >/dev/null 2>&1; then
        setsid sh "$dir/$1.d/supervisor" "$@" </dev/null >/dev/null 2>&1 &
      else
        sh "$dir/$1.d/supervisor" "$@" </dev/null >/dev/null 2>&1 &
      fi\
      """;

  private static final String STATUS =
      """
      job=$HOME/.ansible_async/$1
      steps=0
      while [ -f "$job.d/rc.$steps" ]; do steps=$((steps + 1)); done
      printf '%s\\n%s\\n' "$job" "$steps"
      [ -f "$job" ] || exit 44
      cat "$job\"\
      """;

  private static final String ENDED =
      "cat \"$HOME/.ansible_async/$1.d/out.$2\"; cat \"$HOME/.ansible_async/$1.d/err.$2\" >&2;"
          + " exit \"$(cat \"$HOME/.ansible_async/$1.d/rc.$2\")\"";

  private static final String ERASE =
      "rm -rf \"$HOME/.ansible_async/$1\" \"$HOME/.ansible_async/$1.d\"";

  private final Session session;
  private final Jobs jobs;
  private final String id;

  DetachedJob(Session session, Jobs jobs, String id) {
    this.session = session;
    this.jobs = jobs;
    this.id = id;
  }

  /** Starts steps and says where their result will be. */
  Result start(List<Step> steps, Conclusion conclusion, long seconds) {
    List<Script> scripts = new ArrayList<>();
    scripts.add(Script.of(PREPARE, id));
    scripts.add(store("supervisor", Payload.of(Value.text(SUPERVISOR))));
    for (int i = 0; i < steps.size(); i++) {
      Script script = steps.get(i).script().in(session.manner().environment());
      scripts.add(store("step." + i, Payload.of(new Value.Secret(Renderer.forWire(script)))));
      scripts.add(store("in." + i, script.input()));
    }
    scripts.add(Script.of(START, id, String.valueOf(seconds), String.valueOf(steps.size())));
    String file = "";
    for (Script script : scripts) {
      Outcome.Exited end = exited(session.run(script));
      if (!end.ok()) {
        return Result.failure("the job cannot be started: " + end.err().strip());
      }
      file = file.isEmpty() ? end.out() : file;
    }
    jobs.put(id, new Jobs.Job.Running(conclusion));
    return standing(file, true, false).changed(true);
  }

  /** What would have been started was done at once; its result is kept for who asks later. */
  Result done(Result result) {
    jobs.put(id, new Jobs.Job.Over(result));
    return standing(where(), true, false).changed(true);
  }

  /** How the job stands: its result when it has ended. */
  Result status() {
    if (!ID.matcher(id).matches()) {
      return missing("");
    }
    if (jobs.find(id).orElse(null) instanceof Jobs.Job.Over over) {
      return finished(over.result(), where());
    }
    Outcome.Exited told = exited(session.run(Script.of(STATUS, id)));
    String[] lines = told.out().split("\n", 3);
    if (told.code() == MISSING) {
      return missing(lines[0]);
    }
    if (lines.length < 3 || !(Json.read(lines[2]) instanceof Value.Dict job)) {
      return standing(lines[0], true, false);
    }
    if (!isOn(job, "finished")) {
      return standing(lines[0], true, false);
    }
    if (isOn(job, "failed")) {
      return finished(
          Result.failure(Keywords.text(job.entries().getOrDefault(Value.text("msg"), Value.NULL))),
          lines[0]);
    }
    return finished(ended(job, Integer.parseInt(lines[1])), lines[0]);
  }

  /** Removes what the job left. */
  Result erase(boolean check) {
    if (!ID.matcher(id).matches()) {
      return missing("");
    }
    String file = where();
    if (!check) {
      jobs.forget(id);
      session.run(Script.of(ERASE, id));
    }
    return standing(file, false, false).with("erased", file);
  }

  private Result ended(Value.Dict job, int steps) {
    if (steps == 0) {
      // Started by Ansible itself, whose file holds the whole result.
      Result whole = Result.ok();
      for (var entry : job.entries().entrySet()) {
        whole = whole.with(Keywords.text(entry.getKey()), entry.getValue());
      }
      return whole.changed(isOn(job, "changed")).failed(isOn(job, "failed"));
    }
    List<Outcome.Exited> ends = new ArrayList<>();
    for (int step = 0; step < steps; step++) {
      ends.add(exited(session.run(Script.of(ENDED, id, String.valueOf(step)))));
    }
    if (jobs.find(id).orElse(null) instanceof Jobs.Job.Running running) {
      return running.conclusion().of(ends);
    }
    Outcome.Exited last = ends.getLast();
    return Result.changedNow()
        .failed(!last.ok())
        .with("rc", last.code())
        .with("stdout", last.out().stripTrailing())
        .with("stderr", last.err().stripTrailing());
  }

  private Script store(String part, Payload content) {
    return Script.of(STORE, id, part).reading(content);
  }

  private String where() {
    return exited(session.run(Script.of("printf '%s' \"$HOME/.ansible_async/$1\"", id))).out();
  }

  private Result finished(Result result, String file) {
    return result
        .with("ansible_job_id", id)
        .with("finished", true)
        .with("results_file", file)
        .with("started", true);
  }

  private Result missing(String file) {
    return finished(Result.failure("could not find job"), file);
  }

  private Result standing(String file, boolean started, boolean finished) {
    return Result.ok()
        .with("ansible_job_id", id)
        .with("finished", finished)
        .with("results_file", file)
        .with("started", started);
  }

  private static boolean isOn(Value.Dict job, String name) {
    Value value = job.get(name);
    return value != null && Keywords.bool(value, Magic.place());
  }

  private Outcome.Exited exited(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Exited exited -> exited;
      case Outcome.TimedOut late -> Outcome.Exited.of(1, "", "it took too long");
      case Outcome.ChannelLost lost -> throw HostFacts.lost(session.host(), lost);
    };
  }
}

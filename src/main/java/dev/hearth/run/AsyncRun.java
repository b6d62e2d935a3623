package dev.hearth.run;

import dev.hearth.connection.Unreachable;
import dev.hearth.plan.Result;
import dev.hearth.playbook.Keyword;
import dev.hearth.playbook.Task;
import dev.hearth.value.Value;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * A task with {@code async}: started as a job of its own and, unless {@code poll} is 0, awaited.
 */
final class AsyncRun {

  private static final String NO_ID = "None";
  private static final double USUAL_POLL = 15;

  /** The first looks come sooner than {@code poll} says: a job that is short need not wait. */
  private static final double FIRST_LOOK = 1;

  /** Who waits for a job tells that it is late before the job's own supervisor ends it. */
  private static final long GRACE = 2;

  private final Services services;
  private final Task task;
  private final String host;
  private final HostWork work;
  private final Keywords keywords;
  private final Consumer<Event> tell;
  private final boolean check;

  /**
   * @param check whether nothing is started: what would come of the job is known at once and kept
   *     here for {@code async_status}
   */
  AsyncRun(
      Services services,
      Task task,
      String host,
      HostWork work,
      Keywords keywords,
      Consumer<Event> tell,
      boolean check) {
    this.check = check;
    this.services = services;
    this.task = task;
    this.host = host;
    this.work = work;
    this.keywords = keywords;
    this.tell = tell;
  }

  /** Plans in a session and starts what there is to do. */
  interface Starter {
    Result start(Session session, Carrying.Detaching detaching);
  }

  /** Starts the job and waits for it for so many seconds, or not at all. */
  HostWork.Made run(long limit, Starter starter) throws InterruptedException {
    double poll = task.poll().map(keywords::number).orElse(USUAL_POLL);
    String id = Jobs.newId();
    if (poll <= 0 && !check) {
      // It goes on beside the tasks that follow.
      services.sessions().freshness().spoilForGood();
    }
    Result started =
        work.inSession(
            session -> {
              DetachedJob job = new DetachedJob(session, services.jobs(), id);
              AtomicBoolean runs = new AtomicBoolean();
              Result result =
                  starter.start(
                      session,
                      (steps, conclusion) -> {
                        runs.set(true);
                        return job.start(steps, conclusion, poll > 0 ? limit + GRACE : limit);
                      });
              return runs.get() ? result : job.done(predicted(result));
            });
    Result result = poll <= 0 || started.failed() ? started : await(id, limit, poll);
    return new HostWork.Made(result, List.of());
  }

  private Result await(String id, long limit, double poll) throws InterruptedException {
    double left = limit;
    double wait = Math.min(poll, FIRST_LOOK);
    double sincePoll = 0;
    Result last = Result.ok();
    while (left > 0) {
      Waiting.seconds(wait);
      left -= wait;
      sincePoll += wait;
      Result status;
      try {
        status = work.job(id, false, false);
      } catch (Unreachable broken) {
        // The job goes on without the connection, which may come back until the time is up.
        if (left <= 0) {
          throw broken;
        }
        continue;
      }
      last = status;
      if (status.values().get("finished") instanceof Value.Bool over && over.value()) {
        work.job(id, true, check);
        tell.accept(new Event.Async(host, shown(id), end(status)));
        return status;
      }
      if (sincePoll >= poll) {
        tell.accept(new Event.Async(host, id, Event.Async.Standing.RUNNING));
        sincePoll = 0;
      }
      wait = Math.min(Math.min(poll, 2 * wait), Math.max(left, FIRST_LOOK));
    }
    tell.accept(new Event.Async(host, shown(id), Event.Async.Standing.FAILED));
    Map<String, Value> seen = new LinkedHashMap<>(last.values());
    seen.remove("changed");
    for (String stream : List.of("stdout", "stderr")) {
      seen.putIfAbsent(stream, Value.text(""));
      seen.putIfAbsent(stream + "_lines", new Value.Seq(List.of()));
    }
    return Result.failure("async task did not complete within the requested time - " + limit + "s")
        .with("async_result", Value.Dict.ofTexts(seen));
  }

  /** In check mode Ansible's job of a command that is left out says that nothing changed. */
  private Result predicted(Result result) {
    return check && result.skipped() ? result.changed(false) : result;
  }

  /** The id as it is told at the end: as a part of the result, {@code no_log} hides it. */
  private String shown(String id) {
    return keywords.is(Keyword.NO_LOG, false) ? NO_ID : id;
  }

  private static Event.Async.Standing end(Result status) {
    return status.failed() ? Event.Async.Standing.FAILED : Event.Async.Standing.OK;
  }
}

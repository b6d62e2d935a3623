package dev.hearth.connection;

import dev.hearth.diag.Diagnostic;
import dev.hearth.diag.ExitCode;
import dev.hearth.diag.HearthException;
import dev.hearth.shell.Outcome;
import dev.hearth.shell.Payload;
import dev.hearth.shell.Renderer;
import dev.hearth.shell.Script;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A connection made of workers: one shell for each user, started when it is first needed and
 * replaced when it is lost. Output of one stream of one script beyond 16 MiB keeps only its
 * beginning and end, with a line in between that says so.
 */
public final class ShellConnection implements Connection {

  /** How long a shell, with sudo's question if there is one, may take to greet. */
  private static final Duration GREETING = Duration.ofSeconds(20);

  /** How long an ended worker may take to say so. */
  private static final Duration FAREWELL = Duration.ofSeconds(5);

  /** A shell that says nothing for so long is looked at. */
  private static final Duration SILENCE = Duration.ofMinutes(1);

  private final String host;
  private final ChannelOpener opener;
  private final BooleanSupplier open;
  private final Runnable closer;
  private final Duration silence;
  private final SecureRandom random = new SecureRandom();
  private final Map<Become, Worker> workers = new ConcurrentHashMap<>();
  private final AtomicInteger roundTrips = new AtomicInteger();

  /**
   * A connection over an open way to a host.
   *
   * @param host its name, for messages
   * @param opener starts programs there
   * @param open whether the way still stands
   * @param closer closes the way
   */
  public ShellConnection(String host, ChannelOpener opener, BooleanSupplier open, Runnable closer) {
    this(host, opener, open, closer, SILENCE);
  }

  /**
   * The same.
   *
   * @param silence after so long a shell that says nothing is looked at
   */
  ShellConnection(
      String host, ChannelOpener opener, BooleanSupplier open, Runnable closer, Duration silence) {
    this.silence = silence;
    this.host = host;
    this.opener = opener;
    this.open = open;
    this.closer = closer;
  }

  @Override
  public Outcome run(Script script, Become become) {
    return runAll(List.of(script), become).getFirst();
  }

  @Override
  public Answers ask(List<Script> now, List<Script> later, Become become) {
    if (now.size() == 1 && now.getFirst().input() instanceof Payload.Dialogue dialogue) {
      return new Answers(
          List.of(converse(now.getFirst(), dialogue, become)), index -> Optional.empty());
    }
    List<Outcome> outcomes = new ArrayList<>();
    List<InputChanged> unsent = new ArrayList<>();
    List<Script> all = new ArrayList<>(now);
    all.addAll(later.stream().takeWhile(ShellConnection::canBeSent).toList());
    Worker worker = worker(become);
    Worker.Batch batch = send(worker, all);
    Worker asked = worker;
    List<Frame> behind = batch.frames().subList(now.size(), all.size());
    await(worker, batch, become, now, outcomes, unsent);
    while (outcomes.size() < now.size()) {
      worker = worker(become);
      List<Script> rest = now.subList(outcomes.size(), now.size());
      await(worker, send(worker, rest), become, rest, outcomes, unsent);
    }
    if (!unsent.isEmpty()) {
      throw changed(unsent.getFirst());
    }
    return new Answers(
        outcomes,
        index ->
            index < behind.size()
                    && waiting(become).ending(asked, behind.get(index), later.get(index).deadline())
                        instanceof Frame.Ending.Status status
                ? Optional.of(behind.get(index).exited(status))
                : Optional.empty());
  }

  /** What cannot is told to whoever waits for it, and not to those before it. */
  private static boolean canBeSent(Script script) {
    try {
      var _ = Renderer.forWire(script);
      return true;
    } catch (HearthException refused) {
      return false;
    }
  }

  /** In a shell of its own, which ends with the script. */
  private Outcome converse(Script script, Payload.Dialogue dialogue, Become become) {
    Worker worker = Worker.start(host, opener, become, GREETING, random);
    try {
      Frame frame = send(worker, List.of(script)).frames().getFirst();
      Optional<Outcome> abandoned =
          new Conversation(dialogue, frame, worker::answer, script.deadline()).hold();
      if (abandoned.isPresent()) {
        kill(worker, become);
        return abandoned.get();
      }
      return outcome(frame);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      kill(worker, become);
      throw new RunStopped(host);
    } finally {
      worker.close();
    }
  }

  private Worker worker(Become become) {
    Worker known = workers.get(become);
    if (known != null && known.alive()) {
      return known;
    }
    if (known != null) {
      known.close();
    }
    Worker fresh = Worker.start(host, opener, become, GREETING, random);
    workers.put(become, fresh);
    return fresh;
  }

  /**
   * Waits for the scripts, the first ones of the batch, in order; stops at one that had to be
   * killed, and leaves those not begun to the caller.
   */
  private void await(
      Worker worker,
      Worker.Batch batch,
      Become become,
      List<Script> scripts,
      List<Outcome> outcomes,
      List<InputChanged> unsent) {
    for (int i = 0; i < scripts.size(); i++) {
      Frame frame = batch.frames().get(i);
      Frame.@Nullable Ending ending =
          waiting(become).ending(worker, frame, scripts.get(i).deadline());
      if (ending == null || ending instanceof Frame.Ending.Unsent) {
        workers.remove(become, worker);
        kill(worker, become);
        if (Thread.currentThread().isInterrupted()) {
          throw new RunStopped(host);
        }
        outcomes.add(afterKill(frame, scripts.get(i)));
        if (frame.ending().getNow(null) instanceof Frame.Ending.Unsent failure) {
          unsent.add(failure.why());
        }
        // One that had begun in the same instant was killed too and must not run twice.
        for (int next = i + 1;
            next < scripts.size() && batch.frames().get(next).started();
            next++) {
          outcomes.add(outcome(batch.frames().get(next)));
        }
        return;
      }
      outcomes.add(outcome(frame));
    }
  }

  private Worker.Batch send(Worker worker, List<Script> scripts) {
    roundTrips.incrementAndGet();
    return worker.send(scripts);
  }

  /** Whether a worker waits for a frame, as another one of its user sees it. */
  private boolean idle(Worker worker, Become become) {
    try {
      Worker other = Worker.start(host, opener, become, GREETING, random);
      try {
        Frame look = other.send(List.of(ProcessTree.idle(worker.pid()))).frames().getFirst();
        return Vigil.within(look, ProcessTree.LIMIT) instanceof Frame.Ending.Status status
            && status.code() == 0;
      } finally {
        other.close();
      }
    } catch (Unreachable | BecomeRefused | RunStopped unseen) {
      return false;
    }
  }

  private Vigil waiting(Become become) {
    return new Vigil(silence, worker -> idle(worker, become));
  }

  private static Outcome afterKill(Frame frame, Script script) {
    Frame.@Nullable Ending ending = frame.ending().getNow(null);
    if (ending instanceof Frame.Ending.Status status) {
      return frame.exited(status);
    }
    if (ending instanceof Frame.Ending.Unsent unsent) {
      return new Outcome.ChannelLost(unsent.why().file() + " changed while it was sent");
    }
    return new Outcome.TimedOut(script.deadline().orElseThrow());
  }

  private static Outcome outcome(Frame frame) {
    return switch (frame
        .ending()
        .getNow(new Frame.Ending.Lost("it was killed with the command before it"))) {
      case Frame.Ending.Status status -> frame.exited(status);
      case Frame.Ending.Lost lost -> new Outcome.ChannelLost(lost.reason());
      case Frame.Ending.Unsent unsent ->
          new Outcome.ChannelLost(unsent.why().file() + " changed while it was sent");
    };
  }

  /** Kills everything that a worker runs, and the worker, through another one of the same user. */
  private void kill(Worker old, Become become) {
    // Killing must not be interrupted: it is what an interrupted run has to do.
    boolean interrupted = Thread.interrupted();
    try {
      Worker fresh = worker(become);
      Worker.Batch kill = send(fresh, List.of(ProcessTree.killing(old.pid())));
      var _ = Vigil.within(kill.frames().getFirst(), ProcessTree.LIMIT);
      old.awaitEnd(FAREWELL);
    } catch (Unreachable | BecomeRefused gone) {
      old.ended("the connection broke while the command was being killed");
    } finally {
      // Whoever still waits for an answer of it does so no more.
      old.ended("it was killed with the command before it");
      old.close();
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private RuntimeException changed(InputChanged why) {
    return Diagnostic.error(
            ExitCode.FAILED,
            host + ": " + why.file() + " changed while it was being sent; nothing was put in place")
        .because(String.valueOf(why.getMessage()))
        .next("run again when nothing writes to the file any more")
        .failure();
  }

  @Override
  public Connection aside() {
    return new ShellConnection(host, opener, open, () -> {}, silence);
  }

  @Override
  public int roundTrips() {
    return roundTrips.get();
  }

  @Override
  public boolean open() {
    return open.getAsBoolean();
  }

  @Override
  public void close() {
    workers.values().forEach(Worker::close);
    workers.clear();
    closer.run();
  }
}

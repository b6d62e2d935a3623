package dev.hearth.cli;

import dev.hearth.run.RunOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** How a run goes, and which part of the playbooks it is. */
final class PlayOptions {

  @Mixin private final TagOptions tags;

  PlayOptions() {
    this(new TagOptions());
  }

  /** With tags that a command has by itself. */
  PlayOptions(TagOptions tags) {
    this.tags = tags;
  }

  @Option(
      names = {"-C", "--check", "--dry-run"},
      description = "show what would change and change nothing")
  private boolean check;

  @Option(
      names = {"-D", "--diff"},
      description = "show the differences in files and the like")
  private boolean diff;

  @Option(
      names = "--detailed-exitcode",
      description = "with --check: exit with 3 when there is something to change")
  private boolean detailedExitCode;

  @Option(
      names = {"-f", "--forks"},
      paramLabel = "N",
      description = "work on so many hosts at the same time")
  private @Nullable Integer forks;

  @Option(names = "--force-handlers", description = "run notified handlers on failed hosts too")
  private boolean forceHandlers;

  @Option(
      names = "--flush-cache",
      description = "forget the facts that earlier runs found out about the hosts of the inventory")
  private boolean flushCache;

  @Option(names = "--step", description = "ask before each task whether to do it")
  private boolean step;

  @Option(
      names = "--no-read-ahead",
      description = "ask a host for each task when it comes, not for several at once")
  private boolean noReadAhead;

  @Option(
      names = "--junit",
      paramLabel = "FILE",
      description = "write what became of each task as JUnit XML, too")
  private @Nullable Path junit;

  @Option(names = "--continue", paramLabel = "RUN", hidden = true)
  private @Nullable String continued;

  /** Whether the facts of earlier runs do not count. */
  boolean flushesCache() {
    return flushCache;
  }

  @Option(
      names = "--wait-lock",
      paramLabel = "SECONDS",
      defaultValue = "0",
      description = "wait so long for another run that is changing the same host")
  private long waitLock;

  /** How long to wait for another run's lock. */
  Duration patience() {
    return Duration.ofSeconds(Math.max(0, waitLock));
  }

  /** The file for what became of each task. */
  Optional<Path> junit() {
    return Optional.ofNullable(junit);
  }

  /** The run that is continued; {@code hearth resume} says so. */
  Optional<String> continued() {
    return Optional.ofNullable(continued);
  }

  /** The part that is run. */
  TagOptions tags() {
    return tags;
  }

  /** All of it, with the settings behind the options. */
  RunOptions resolve(Settings settings, int verbosity, RunOptions.ConnectionOptions connection) {
    return new RunOptions(
        check,
        diff || settings.flag("diff", "always", "ANSIBLE_DIFF_ALWAYS", false),
        forks != null
            ? forks
            : settings
                .number("defaults", "forks", "ANSIBLE_FORKS")
                .filter(number -> number > 0)
                .orElse(50),
        tags.only(settings),
        tags.skipped(settings),
        forceHandlers
            || settings.flag("defaults", "force_handlers", "ANSIBLE_FORCE_HANDLERS", false),
        tags.start(),
        step,
        !noReadAhead,
        verbosity,
        connection);
  }

  boolean detailedExitCode() {
    return check && detailedExitCode;
  }

  boolean check() {
    return check;
  }
}

package dev.hearth.cli;

import dev.hearth.run.RunOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What part of the playbooks to run, and how. */
final class PlayOptions {

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

  @Option(
      names = {"-t", "--tags"},
      paramLabel = "TAGS",
      description = "run only what has one of these tags")
  private List<String> tags = new ArrayList<>();

  @Option(
      names = "--skip-tags",
      paramLabel = "TAGS",
      description = "leave out what has one of these tags")
  private List<String> skipTags = new ArrayList<>();

  @Option(
      names = {"-e", "--extra-vars"},
      paramLabel = "VARS",
      description =
          "variables that beat all others: name=value, YAML or JSON, or @file; may be repeated")
  private List<String> extraVars = new ArrayList<>();

  @Option(names = "--force-handlers", description = "run notified handlers on failed hosts too")
  private boolean forceHandlers;

  @Option(
      names = "--start-at-task",
      paramLabel = "NAME",
      description = "leave out everything before this task")
  private @Nullable String startAtTask;

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

  /** The run that is continued; {@code hearth resume} says so. */
  Optional<String> continued() {
    return Optional.ofNullable(continued);
  }

  /** Adds variables that beat those before them, and tags that are left out. */
  void add(List<String> moreVars, List<String> moreSkipTags) {
    extraVars.addAll(moreVars);
    skipTags.addAll(moreSkipTags);
  }

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
        split(tags.isEmpty() ? configured(settings, "run", "ANSIBLE_RUN_TAGS") : tags),
        split(skipTags.isEmpty() ? configured(settings, "skip", "ANSIBLE_SKIP_TAGS") : skipTags),
        forceHandlers
            || settings.flag("defaults", "force_handlers", "ANSIBLE_FORCE_HANDLERS", false),
        Optional.ofNullable(startAtTask),
        step,
        !noReadAhead,
        verbosity,
        connection);
  }

  private static List<String> configured(Settings settings, String key, String variable) {
    return settings.get("tags", key, variable).map(List::of).orElse(List.of());
  }

  List<String> extraVars() {
    return List.copyOf(extraVars);
  }

  boolean detailedExitCode() {
    return check && detailedExitCode;
  }

  boolean check() {
    return check;
  }

  private static Set<String> split(List<String> options) {
    Set<String> all = new LinkedHashSet<>();
    for (String option : options) {
      for (String tag : option.split(",")) {
        if (!tag.isBlank()) {
          all.add(tag.strip());
        }
      }
    }
    return all;
  }
}

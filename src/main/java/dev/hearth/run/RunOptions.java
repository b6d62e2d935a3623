package dev.hearth.run;

import dev.hearth.value.Value;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What the user asked for beyond the playbook.
 *
 * @param check look, predict, change nothing
 * @param diff show differences
 * @param forks hosts that are worked on at the same time
 * @param tags run only what has one of these; empty for everything
 * @param skipTags leave out what has one of these
 * @param forceHandlers run notified handlers on failed hosts too
 * @param startAtTask leave out everything before the task with this name
 * @param step ask before each task
 * @param readAhead ask hosts for coming tasks as well, as long as nothing changes
 * @param verbosity how often {@code -v} was given
 * @param connection how to connect and become, when variables and keywords say nothing
 */
public record RunOptions(
    boolean check,
    boolean diff,
    int forks,
    Set<String> tags,
    Set<String> skipTags,
    boolean forceHandlers,
    Optional<String> startAtTask,
    boolean step,
    boolean readAhead,
    int verbosity,
    ConnectionOptions connection) {

  /** Keeps its own copies. */
  public RunOptions {
    tags = Collections.unmodifiableSet(new LinkedHashSet<>(tags));
    skipTags = Collections.unmodifiableSet(new LinkedHashSet<>(skipTags));
  }

  /** Whether all tasks are asked for. */
  public boolean isWhole() {
    return tags.isEmpty() && skipTags.isEmpty() && startAtTask.isEmpty() && !step;
  }

  /** Whether a task with these tags is among those that were asked for. */
  public boolean selects(Set<String> taskTags) {
    return new TagSelection(tags, skipTags).selects(taskTags);
  }

  /**
   * How to connect and become.
   *
   * @param type {@code ssh} or {@code local}
   * @param user {@code -u}
   * @param privateKey {@code --private-key}
   * @param timeout {@code -T}
   * @param sshArgs {@code --ssh-common-args} and {@code --ssh-extra-args}, split into words
   * @param password what {@code -k} asked for
   * @param become {@code -b}
   * @param becomeUser {@code --become-user}
   * @param becomeMethod {@code --become-method}
   * @param becomePassword what {@code -K} asked for
   */
  public record ConnectionOptions(
      String type,
      Optional<String> user,
      Optional<Path> privateKey,
      Duration timeout,
      List<String> sshArgs,
      Optional<Value.Secret> password,
      boolean become,
      Optional<String> becomeUser,
      String becomeMethod,
      Optional<Value.Secret> becomePassword) {

    /** Keeps its own copy. */
    public ConnectionOptions {
      sshArgs = List.copyOf(sshArgs);
    }

    /** SSH as OpenSSH would do it, and sudo to root where a playbook asks for it. */
    public static final ConnectionOptions DEFAULT =
        new ConnectionOptions(
            "ssh",
            Optional.empty(),
            Optional.empty(),
            Duration.ofSeconds(10),
            List.of(),
            Optional.empty(),
            false,
            Optional.empty(),
            "sudo",
            Optional.empty());
  }
}

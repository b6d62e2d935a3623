package dev.hearth.module.files;

import dev.hearth.fact.Fact;
import dev.hearth.fact.Facts;
import dev.hearth.fact.HostPath;
import dev.hearth.fact.PathFact;
import dev.hearth.fact.PathInfo;
import dev.hearth.module.Arg;
import dev.hearth.module.ControllerListing;
import dev.hearth.module.FromController;
import dev.hearth.module.Module;
import dev.hearth.module.Refusal;
import dev.hearth.module.Spec;
import dev.hearth.plan.Result;
import dev.hearth.plan.Verdict;
import dev.hearth.value.Value;
import java.util.List;
import java.util.Optional;

/**
 * {@code ansible.posix.synchronize}: what is below a directory of this machine is made the same on
 * the host. What differs goes over Hearth's own connection, so rsync is needed on neither side.
 */
public final class Synchronize implements Module<Synchronize.Args> {

  /** The parameters. */
  public record Args(
      @Arg(
              doc =
                  "A file or directory of this machine. A directory with a slash at its end means"
                      + " what is in it.")
          @FromController(value = FromController.Kind.LISTING, follows = "copy_links")
          ControllerListing src,
      @Arg(doc = "Where it goes on the host.") String dest,
      @Arg(
              doc =
                  "The direction. `pull` would write on this machine and is refused: use fetch, for"
                      + " a directory behind community.general.archive.",
              choices = {"pull", "push"},
              defaultsTo = "push")
          String mode,
      @Arg(
              doc =
                  "All of `recursive`, `links`, `perms`, `times`, and for root on the host `owner`"
                      + " and `group`.",
              defaultsTo = "true")
          boolean archive,
      @Arg(doc = "Compare contents, not size and time.", defaultsTo = "false") boolean checksum,
      @Arg(doc = "Leave out what the host has not.", defaultsTo = "false") boolean existingOnly,
      @Arg(doc = "Remove what this machine has not.", defaultsTo = "false") boolean delete,
      @Arg(
              doc =
                  "Without `recursive`, send a directory without what is in it, or with a slash at"
                      + " its end what is directly in it.",
              defaultsTo = "false")
          boolean dirs,
      @Arg(doc = "With what is in directories; without it and `dirs` they are left out.")
          Optional<Boolean> recursive,
      @Arg(doc = "Take links over as links; otherwise they are left out.") Optional<Boolean> links,
      @Arg(doc = "Send what links lead to instead of links.", defaultsTo = "false")
          boolean copyLinks,
      @Arg(doc = "Take permissions over.") Optional<Boolean> perms,
      @Arg(
              doc =
                  "Take times over. Without them contents are compared, for sizes alone say too"
                      + " little.")
          Optional<Boolean> times,
      @Arg(doc = "Take owners over, by their names; only root on the host can.")
          Optional<Boolean> owner,
      @Arg(doc = "Take groups over, by their names; only root on the host can.")
          Optional<Boolean> group,
      @Arg(
              doc =
                  "Options of rsync's: `--exclude`, `--include`, `--chown`, `--chmod`,"
                      + " `--ignore-existing`, `--update`, `--size-only`, `--delete-excluded`,"
                      + " `--numeric-ids`, `--omit-dir-times`, `--no-owner` and the like; those"
                      + " that only change what is printed mean nothing, others are refused.")
          List<String> rsyncOpts,
      @Arg(doc = "Compress on the way; the connection's matter.", defaultsTo = "true")
          boolean compress,
      @Arg(doc = "Put files in place at the end; always so.", defaultsTo = "true")
          boolean delayUpdates,
      @Arg(doc = "Keep what arrived of a file; never, files are whole.", defaultsTo = "false")
          boolean partial,
      @Arg(doc = "Port of the host; means nothing, the connection is Hearth's.")
          Optional<Integer> destPort,
      @Arg(doc = "Key for the host; means nothing, the connection is Hearth's.")
          Optional<String> privateKey,
      @Arg(doc = "Rsync on the host; means nothing.") Optional<String> rsyncPath,
      @Arg(doc = "Seconds without data; the task's `timeout` counts.", defaultsTo = "0")
          int rsyncTimeout,
      @Arg(doc = "Log in as the play's user; always so.", defaultsTo = "true")
          boolean setRemoteUser,
      @Arg(doc = "Share connections; always so.", defaultsTo = "false")
          boolean sshConnectionMultiplexing,
      @Arg(doc = "Use ssh_args; the connection is Hearth's.", defaultsTo = "false")
          boolean useSshArgs,
      @Arg(doc = "Check the host's key; always so.", defaultsTo = "false") boolean verifyHost,
      @Arg(
              doc =
                  "Directories to link to what is the same there; refused, for what is linked would"
                      + " change with the other directory: call rsync in a command task.")
          List<String> linkDest) {

    /** Whether what is in directories goes with them. */
    boolean recurses() {
      return recursive.orElse(archive);
    }
  }

  @Override
  public Spec<Args> spec() {
    return Spec.of(
        "ansible.posix.synchronize",
        Args.class,
        "Makes a directory of the host the same as one of this machine; only what differs is sent,"
            + " over Hearth's own connection. With `delegate_to` a machine other than this one is"
            + " refused: that machine would need a login to the host, which Hearth has and it"
            + " has not; fetch the directory first, or call rsync in a command task.");
  }

  @Override
  public boolean transfers() {
    return true;
  }

  @Override
  public List<Fact<?>> reads(Args want) {
    return new HostPath(want.dest()).needs().<List<Fact<?>>>map(List::of).orElse(List.of());
  }

  @Override
  public Verdict plan(Args want, Facts host) {
    refuse(want);
    ControllerListing source = want.src();
    if (source.directory() && !want.recurses() && !want.dirs()) {
      String left = source.name().endsWith("/") ? "." : HostPath.name(source.path());
      String told = "skipping directory " + left;
      return Verdict.satisfied(
          Result.ok()
              .with("msg", told + "\n")
              .with("rc", 0)
              .with("stdout_lines", Value.Seq.of(Value.text(told))));
    }
    SyncOptions options = SyncOptions.of(want);
    String dest = new HostPath(want.dest()).on(host);
    if (source.directory()) {
      String name = source.name().endsWith("/") ? "" : HostPath.name(source.path());
      String root = name.isEmpty() ? dest : (dest.equals("/") ? "" : dest) + "/" + name;
      return new SyncPlan(want, options, source, dest, root, "", name).verdict(host);
    }
    PathInfo there = host.get(new PathFact(dest)).followed();
    String path =
        want.dest().endsWith("/") || there.directory()
            ? dest + "/" + source.entries().getFirst().path()
            : dest;
    String directory = HostPath.directory(path);
    return new SyncPlan(want, options, source, directory, directory, HostPath.name(path), "")
        .verdict(host);
  }

  private static void refuse(Args want) {
    if (want.mode().equals("pull")) {
      throw new Refusal(
          "mode: pull would write on this machine; use ansible.builtin.fetch, for a directory with"
              + " community.general.archive before it");
    }
    if (want.dest().matches("(?s)rsync://.*|[^/]*:.*")) {
      throw new Refusal(
          "'" + want.dest() + "' names a machine; dest is a path on the host of the task");
    }
    if (want.delete() && !want.recurses()) {
      throw new Refusal("delete needs recursive or archive: it would remove what is not sent");
    }
    if (!want.linkDest().isEmpty()) {
      throw new Refusal("link_dest is not supported; call rsync in a command task");
    }
  }
}

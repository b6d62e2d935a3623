package dev.hearth.vault;

import dev.hearth.diag.Diagnostic;
import dev.hearth.diag.ExitCode;
import dev.hearth.diag.HearthException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Gives several files new contents, all of them or none: whatever fails before the first takes an
 * old one's place leaves all old, what fails later is taken back, and when the process is killed in
 * between the next one brings it to its end ({@link Intents}).
 */
final class JointReplacement {

  /** Makes the new content of a file. */
  interface Making {
    byte[] made(byte[] content, String name);
  }

  private final FileLayer files;
  private final Path intents;

  /** Writes down what it is about to do in a directory. */
  JointReplacement(FileLayer files, Path intents) {
    this.files = files;
    this.intents = intents;
  }

  /** A file's old content, the new one beside it, and which file the new one is. */
  private record Prepared(byte[] old, AtomicReplacement replacement, FileIdentity made) {}

  /**
   * Replaces contents by encrypted ones. Owners and modes stay.
   *
   * @return the files that are new; those that had nothing to change are left alone
   * @throws HearthException if that fails; its message says which files are new, if any is
   */
  List<Path> replace(List<Path> all, Making making) {
    List<Prepared> prepared = new ArrayList<>();
    try {
      for (Path file : all.stream().distinct().toList()) {
        prepare(file, making).ifPresent(prepared::add);
      }
      if (prepared.size() == 1) {
        prepared.getFirst().replacement().commit();
      } else if (!prepared.isEmpty()) {
        commit(prepared);
      }
      return prepared.stream().map(one -> one.replacement().target()).toList();
    } catch (ChangedMeanwhile | HearthException failure) {
      throw told(failure, stillNew(prepared)).failure();
    } finally {
      prepared.forEach(one -> one.replacement().close());
      prepared.forEach(one -> Arrays.fill(one.old(), (byte) 0));
    }
  }

  private Optional<Prepared> prepare(Path file, Making making) {
    byte[] old = VaultedFiles.read(file);
    boolean kept = false;
    try {
      byte[] made = making.made(old, file.toString());
      if (Arrays.equals(old, made)) {
        return Optional.empty();
      }
      AtomicReplacement replacement =
          AtomicReplacement.prepared(files, file, made, FileAccess.AS_BEFORE, Optional.of(old));
      kept = true;
      return Optional.of(new Prepared(old, replacement, replacement.identity()));
    } finally {
      if (!kept) {
        Arrays.fill(old, (byte) 0);
      }
    }
  }

  private void commit(List<Prepared> prepared) {
    Intent intent = intent(prepared);
    try {
      prepared.forEach(one -> one.replacement().commit());
    } catch (ChangedMeanwhile | HearthException failure) {
      takeBack(prepared, intent);
      throw failure;
    } finally {
      intent.remove();
    }
  }

  private Intent intent(List<Prepared> prepared) {
    try {
      List<Intent.Rename> renames = new ArrayList<>();
      Set<Path> directories = new LinkedHashSet<>();
      for (Prepared one : prepared) {
        renames.add(one.replacement().rename(one.replacement().replaced()));
        directories.add(one.replacement().real().resolveSibling(""));
      }
      for (Path directory : directories) {
        files.flush(directory);
      }
      return Intent.written(files, intents, Intent.Towards.NEW, renames);
    } catch (IOException failure) {
      throw notWritten(failure);
    }
  }

  private HearthException notWritten(IOException failure) {
    return Diagnostic.error(ExitCode.FAILED, "what is to be done cannot be written down")
        .because(failure + "; without it a kill could leave some files old and some new")
        .next("check " + intents + ", or let XDG_STATE_HOME name a directory that can be written")
        .failure();
  }

  /** Puts old contents back, as one step, too, as far as that can be had. */
  private void takeBack(List<Prepared> prepared, Intent intent) {
    List<Prepared> back = new ArrayList<>();
    List<Intent.Rename> renames = new ArrayList<>();
    for (Prepared one : stillNew(prepared)) {
      try {
        AtomicReplacement old =
            AtomicReplacement.prepared(
                files,
                one.replacement().target(),
                one.old(),
                FileAccess.AS_BEFORE,
                Optional.empty());
        back.add(new Prepared(one.old(), old, one.made()));
        renames.add(old.rename(one.made()));
      } catch (HearthException stays) {
        // It stays new, which whoever asked is told.
        assert one.replacement().isDone();
      }
    }
    try {
      intent.write(Intent.Towards.OLD, renames);
    } catch (IOException harmless) {
      // Only a kill within the next moments would find the wrong intent.
      renames.clear();
    }
    putBack(back);
    back.forEach(one -> one.replacement().close());
  }

  /** After a failure: those that are new in spite of it. */
  private static List<Prepared> stillNew(List<Prepared> prepared) {
    return prepared.stream()
        .filter(one -> one.replacement().isDone() && isStill(one.made(), one.replacement().real()))
        .toList();
  }

  /** What cannot be looked at is taken for changed by others, and is left alone. */
  private static boolean isStill(FileIdentity expected, Path file) {
    try {
      return expected.isOf(file);
    } catch (IOException unknown) {
      return false;
    }
  }

  /**
   * Replaces encrypted contents by plain ones, for their owners only. Plain text is never left
   * beside a file, so a kill leads back to the old files, whose copies are kept meanwhile.
   *
   * @throws HearthException if that fails; its message says which files are new, if any is
   */
  void reveal(List<Path> all, Making making) {
    List<AtomicReplacement> kept = new ArrayList<>();
    List<Prepared> done = new ArrayList<>();
    Optional<Intent> intent = Optional.empty();
    try {
      List<Path> each = all.stream().distinct().toList();
      for (Path file : each) {
        Arrays.fill(making.made(VaultedFiles.read(file), file.toString()), (byte) 0);
      }
      intent = Optional.of(Intent.written(files, intents, Intent.Towards.OLD, List.of()));
      for (Path file : each) {
        reveal(file, making, intent.get(), kept, done);
      }
    } catch (IOException failure) {
      throw told(notWritten(failure), putBack(done)).failure();
    } catch (ChangedMeanwhile | HearthException failure) {
      throw told(failure, putBack(done)).failure();
    } finally {
      intent.ifPresent(Intent::remove);
      kept.forEach(AtomicReplacement::close);
    }
  }

  private void reveal(
      Path file, Making making, Intent intent, List<AtomicReplacement> kept, List<Prepared> done)
      throws IOException {
    byte[] old = VaultedFiles.read(file);
    AtomicReplacement back =
        AtomicReplacement.prepared(files, file, old, FileAccess.AS_BEFORE, Optional.empty());
    kept.add(back);
    byte[] plain = making.made(old, file.toString());
    try (AtomicReplacement replacement =
        AtomicReplacement.prepared(files, file, plain, FileAccess.OWNER_ONLY, Optional.of(old))) {
      FileIdentity made = replacement.identity();
      intent.add(back.rename(made));
      try {
        replacement.commit();
      } finally {
        if (replacement.isDone()) {
          done.add(new Prepared(old, back, made));
        }
      }
    } finally {
      Arrays.fill(plain, (byte) 0);
    }
  }

  /** Puts old contents back; those with which that fails stay new. */
  private static List<Prepared> putBack(List<Prepared> done) {
    List<Prepared> stay = new ArrayList<>();
    for (Prepared one : done.reversed()) {
      try {
        if (isStill(one.made(), one.replacement().real())) {
          one.replacement().commit();
        }
      } catch (HearthException failure) {
        stay.add(one);
      }
    }
    return stay;
  }

  private static Diagnostic told(RuntimeException failure, List<Prepared> stay) {
    Diagnostic first =
        failure instanceof HearthException known
            ? known.diagnostics().getFirst()
            : Diagnostic.error(ExitCode.FAILED, String.valueOf(failure.getMessage()))
                .next("run the command again");
    String state =
        stay.isEmpty()
            ? "no file was changed"
            : "these are new in spite of that: "
                + stay.stream().map(one -> one.replacement().target()).toList()
                + "; the others are old";
    return first.because(first.why().isEmpty() ? state : first.why() + "\n" + state);
  }
}

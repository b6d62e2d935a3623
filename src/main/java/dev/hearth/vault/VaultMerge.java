package dev.hearth.vault;

import dev.hearth.diag.Diagnostic;
import dev.hearth.diag.ExitCode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * What git's merge driver does with three revisions of a file: encrypted ones are opened, merged as
 * texts in memory, and encrypted for the recipients of ours. Where both changed the same lines, the
 * markers stand in the encrypted text.
 */
public final class VaultMerge {

  private static final int MOST_CONFLICTS = 127;

  private final Vault vault;
  private final FileLayer files;
  private final ScratchPlaces places;

  /** Opens and seals with this vault; plain texts lie in these places. */
  public VaultMerge(Vault vault, FileLayer files, ScratchPlaces places) {
    this.vault = vault;
    this.files = files;
    this.places = places;
  }

  /**
   * Merges into ours.
   *
   * @return whether there was no conflict
   */
  public boolean merge(Path base, Path ours, Path theirs) {
    byte[] mine = VaultedFiles.read(ours);
    byte[] other = VaultedFiles.read(theirs);
    if (!Ciphertext.isEncrypted(mine) || !Ciphertext.isEncrypted(other)) {
      return merged(base, ours, theirs, false).status() == 0;
    }
    Opened opened = vault.opened(Ciphertext.parse(mine, ours.toString())).changeable();
    byte[] before = plain(VaultedFiles.read(base), base);
    byte[] their = plain(other, theirs);
    try (Scratch scratch = places.open(files)) {
      GitProgram.Ending merged =
          merged(
              scratch.file("base", before),
              scratch.file("ours", opened.plain()),
              scratch.file("theirs", their),
              true);
      byte[] text = merged.output();
      try (AtomicReplacement replacement =
          AtomicReplacement.prepared(
              files,
              ours,
              opened.again().seal(text).bytes(),
              FileAccess.AS_BEFORE,
              Optional.of(mine))) {
        replacement.commit();
      } catch (ChangedMeanwhile meanwhile) {
        throw meanwhile.told().failure();
      } finally {
        Arrays.fill(text, (byte) 0);
      }
      return merged.status() == 0;
    } finally {
      Arrays.fill(before, (byte) 0);
      Arrays.fill(their, (byte) 0);
      Arrays.fill(opened.plain(), (byte) 0);
    }
  }

  private static GitProgram.Ending merged(Path base, Path ours, Path theirs, boolean printed) {
    List<String> command = new ArrayList<>(List.of("merge-file", "--quiet"));
    if (printed) {
      command.add("--stdout");
    }
    for (String side : List.of("ours", "base", "theirs")) {
      command.addAll(List.of("-L", side));
    }
    for (Path file : List.of(ours, base, theirs)) {
      command.add(file.toAbsolutePath().toString());
    }
    GitProgram.Ending ending = new GitProgram(Path.of("").toAbsolutePath()).run(command);
    if (ending.status() > MOST_CONFLICTS) {
      throw Diagnostic.error(ExitCode.FAILED, "the revisions cannot be merged")
          .because("git merge-file ended with status " + ending.status())
          .next("take one side whole, then change what the other side changed")
          .failure();
    }
    return ending;
  }

  private byte[] plain(byte[] content, Path name) {
    return Ciphertext.isEncrypted(content)
        ? vault.decrypt(Ciphertext.parse(content, name.toString()))
        : content;
  }
}

package dev.hearth.cli;

import dev.hearth.vault.GitProgram;
import dev.hearth.vault.Vault;
import dev.hearth.vault.VaultedFiles;
import dev.hearth.view.Masker;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code hearth vault diff}: tells which keys of a vault file changed. */
@Command(
    name = "diff",
    mixinStandardHelpOptions = true,
    description = {
      "Tell which keys of a vault file, or of a file with encrypted values, differ between two",
      "revisions, or between a revision and the file as it is. Values are not shown."
    })
final class VaultDiffCommand extends VaultWork {

  @Parameters(index = "0", paramLabel = "FILE", description = "the file")
  private String file = "";

  @Parameters(
      index = "1",
      paramLabel = "OLD",
      arity = "0..1",
      defaultValue = "HEAD",
      description = "git's name of a revision, or another file; HEAD if not said")
  private String before = "HEAD";

  @Parameters(
      index = "2",
      paramLabel = "NEW",
      arity = "0..1",
      description = "git's name of a revision; the file as it is if not said")
  private @Nullable String after;

  @Option(names = "--reveal", description = "show the values, in plain text")
  private boolean reveals;

  VaultDiffCommand(Environment environment) {
    super(environment);
  }

  @Override
  void work(Vault opened) {
    VaultOutline old = outline(before, opened);
    VaultOutline now =
        after == null
            ? VaultOutline.of(VaultedFiles.read(path(file)), file, opened)
            : outline(after, opened);
    environment().out().println("--- " + file + " (" + before + ")");
    environment().out().println("+++ " + file + (after == null ? "" : " (" + after + ")"));
    tell(old, now);
  }

  private Path path(String name) {
    return streams().path(name);
  }

  /** A word that is a file is that file; otherwise it is a revision of the one that is meant. */
  private VaultOutline outline(String word, Vault opened) {
    if (Files.isRegularFile(path(word))) {
      return VaultOutline.of(VaultedFiles.read(path(word)), word, opened);
    }
    Path whole = path(file).toAbsolutePath().normalize();
    GitProgram git = new GitProgram(whole.resolveSibling(""));
    byte[] content = git.content(word, whole.getFileName());
    return VaultOutline.of(content, file + " in " + word, opened);
  }

  private void tell(VaultOutline old, VaultOutline now) {
    Set<String> keys = new LinkedHashSet<>(old.values().keySet());
    keys.addAll(now.values().keySet());
    for (String key : keys) {
      VaultOutline.Entry was = old.values().get(key);
      VaultOutline.Entry is = now.values().get(key);
      if (was != null && is != null && was.text().equals(is.text())) {
        continue;
      }
      String what = was == null ? "added" : is == null ? "removed" : "changed";
      environment().out().println(what + " ".repeat(9 - what.length()) + key);
      side("  - ", was);
      side("  + ", is);
    }
  }

  private void side(String mark, VaultOutline.@Nullable Entry entry) {
    if (entry != null && (reveals || !entry.secret())) {
      entry.text().lines().forEach(line -> environment().out().println(mark + line));
    } else if (entry != null) {
      environment().out().println(mark + Masker.MASK);
    }
  }
}

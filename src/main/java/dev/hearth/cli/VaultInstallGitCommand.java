package dev.hearth.cli;

import dev.hearth.diag.Diagnostic;
import dev.hearth.diag.ExitCode;
import dev.hearth.file.WholeFile;
import dev.hearth.shell.Renderer;
import dev.hearth.vault.GitProgram;
import dev.hearth.vault.VaultSearch;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code hearth vault install-git}: tells git how to compare and merge vault files. */
@Command(
    name = "install-git",
    mixinStandardHelpOptions = true,
    description = {
      "Tell git how to compare and merge the vault files of this repository. The settings go into",
      ".git/config, the names of the files into .gitattributes. Password options that are given"
          + " here",
      "are used by git later; run it again for new vault files."
    })
final class VaultInstallGitCommand implements Callable<Integer> {

  private static final String DRIVER = "hearth-vault";
  private static final String HOME = "HEARTH_HOME";

  private final Environment environment;

  @Mixin private VaultOptions vault = new VaultOptions();

  @Option(names = "--reveal", description = "let git diff show plain text instead of which keys")
  private boolean reveals;

  VaultInstallGitCommand(Environment environment) {
    this.environment = environment;
  }

  @Override
  public Integer call() {
    GitProgram here = new GitProgram(environment.workingDirectory());
    GitProgram.Ending top = here.quietly(List.of("rev-parse", "--show-toplevel"));
    if (top.status() != 0) {
      throw Diagnostic.error(ExitCode.NOT_FOUND, "this is not a git repository")
          .next("go into the repository, or make one with: git init")
          .failure();
    }
    Path root = Path.of(new String(top.output(), StandardCharsets.UTF_8).strip());
    List<String> lines = attributes(root);
    set("diff." + DRIVER + ".textconv", command("git-textconv", reveals ? " --reveal" : ""));
    set("diff." + DRIVER + ".cachetextconv", "false");
    set("merge." + DRIVER + ".name", "what is in a Hearth or Ansible vault");
    set("merge." + DRIVER + ".driver", command("git-merge", " %O %A %B %P"));
    int added = write(root.resolve(".gitattributes"), lines);
    environment
        .err()
        .println("git compares and merges " + lines.size() + " vault files now; " + added + " new");
    return ExitCode.OK.number();
  }

  private List<String> attributes(Path root) {
    Set<String> lines = new LinkedHashSet<>();
    for (VaultSearch.Found found : VaultSearch.below(root).found()) {
      String name = "/" + root.relativize(found.file());
      boolean whole = found.line() == 0;
      lines.add(quoted(name) + " diff=" + DRIVER + (whole ? " merge=" + DRIVER : ""));
    }
    return List.copyOf(lines);
  }

  /** A pattern of gitattributes(5): C's quotes when it has blanks, its wildcards escaped. */
  private static String quoted(String name) {
    String pattern = name.replaceAll("([\\\\*?\\[])", "\\\\$1");
    return pattern.contains(" ") || pattern.contains("\"")
        ? "\"" + pattern.replace("\\", "\\\\").replace("\"", "\\\"") + "\""
        : pattern;
  }

  private String command(String name, String arguments) {
    String home = environment.variables().get(HOME);
    String program = home == null ? "hearth" : Path.of(home, "hearth").toString();
    String options =
        vault.words(environment).stream()
            .map(word -> " " + Renderer.quote(word))
            .collect(Collectors.joining());
    return Renderer.quote(program) + " vault " + name + options + arguments;
  }

  private void set(String key, String value) {
    GitProgram.Ending ending =
        new GitProgram(environment.workingDirectory())
            .run(List.of("config", "--local", key, value));
    if (ending.status() != 0) {
      throw Diagnostic.error(ExitCode.FAILED, "git's setting " + key + " cannot be written")
          .because("git config ended with status " + ending.status())
          .next("check the owner and mode of .git/config")
          .failure();
    }
  }

  private static int write(Path file, List<String> lines) {
    try {
      List<String> old = Files.exists(file) ? Files.readAllLines(file) : List.of();
      List<String> fresh = new ArrayList<>(lines);
      fresh.removeAll(old);
      if (!fresh.isEmpty()) {
        List<String> all = new ArrayList<>(old);
        all.addAll(fresh);
        WholeFile.write(file, (String.join("\n", all) + "\n").getBytes(StandardCharsets.UTF_8));
      }
      return fresh.size();
    } catch (IOException failure) {
      throw Diagnostic.error(ExitCode.FAILED, file + " cannot be written")
          .because(failure.toString())
          .next("check its owner and mode")
          .failure();
    }
  }
}

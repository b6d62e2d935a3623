package dev.hearth.galaxy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A git repository on this machine, made with the program itself. */
record Repository(Path directory) {

  static Repository at(Path directory) throws IOException {
    Files.createDirectories(directory);
    Repository repository = new Repository(directory);
    repository.git("init", "--quiet", "--initial-branch=main");
    return repository;
  }

  Repository with(String name, String text) throws IOException {
    Path file = directory.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
    return this;
  }

  /** Commits everything; the result is the commit. */
  String commit() throws IOException {
    git("add", "--all");
    git("commit", "--quiet", "--message=change");
    return git("rev-parse", "HEAD");
  }

  /** Commits everything and tags it. */
  String tag(String name) throws IOException {
    String commit = commit();
    git("tag", "--force", name);
    return commit;
  }

  String url() {
    return "file://" + directory;
  }

  String git(String... arguments) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of("git", "-c", "user.name=t", "-c", "user.email=t@t", "-c", "tag.gpgSign=false"));
    command.addAll(List.of(arguments));
    Process process =
        new ProcessBuilder(command).directory(directory.toFile()).redirectErrorStream(true).start();
    String said =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    try {
      assertThat(process.waitFor()).as(said).isZero();
    } catch (InterruptedException stopped) {
      throw new IOException(stopped);
    }
    return said;
  }
}

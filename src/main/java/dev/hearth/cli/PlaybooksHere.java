package dev.hearth.cli;

import dev.hearth.diag.Diagnostic;
import dev.hearth.diag.ExitCode;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Finds the playbooks of a repository: lists of plays in its directory and in playbooks/. */
final class PlaybooksHere {

  /** The file begins with a list, and an item of it has {@code hosts} or imports a playbook. */
  private static final Pattern PLAYS =
      Pattern.compile(
          "\\A(?:\\s*(?:#.*|---.*)?\\R)*(?=-[ \\t])[\\s\\S]*?"
              + "^(?:- +|  ?  ?)(?:hosts|(?:ansible\\.builtin\\.)?import_playbook)[ \\t]*:",
          Pattern.MULTILINE);

  private PlaybooksHere() {}

  /**
   * The playbooks, sorted by their paths.
   *
   * @throws dev.hearth.diag.HearthException when there are none
   */
  static List<Path> in(Path directory) {
    List<Path> found = new ArrayList<>();
    for (Path place : List.of(directory, directory.resolve("playbooks"))) {
      if (Files.isDirectory(place)) {
        found.addAll(below(place));
      }
    }
    if (found.isEmpty()) {
      throw Diagnostic.error(ExitCode.NOT_FOUND, "there is no playbook in " + directory)
          .because("looked for .yml and .yaml files with plays here and in playbooks/")
          .next("name the playbooks: hearth check PLAYBOOK")
          .failure();
    }
    return found.stream().map(directory::relativize).toList();
  }

  private static List<Path> below(Path place) {
    try (Stream<Path> files = Files.list(place)) {
      return files
          .filter(file -> file.toString().endsWith(".yml") || file.toString().endsWith(".yaml"))
          .filter(PlaybooksHere::hasPlays)
          .sorted()
          .toList();
    } catch (IOException unreadable) {
      throw Diagnostic.error(ExitCode.NOT_FOUND, "the directory " + place + " cannot be read")
          .because(String.valueOf(unreadable.getMessage()))
          .next("check its permissions")
          .failure();
    }
  }

  private static boolean hasPlays(Path file) {
    try {
      return Files.isRegularFile(file) && PLAYS.matcher(Files.readString(file)).find();
    } catch (CharacterCodingException noText) {
      return false;
    } catch (IOException unreadable) {
      // Checking it will tell why it cannot be read.
      return true;
    }
  }
}

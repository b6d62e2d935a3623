package dev.hearth.run;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The cases that {@code bench/record-parity} recorded, as they are run: each in its own copy, with
 * the arguments of its {@code args}, the variables of its {@code env} and one fork.
 *
 * @param root the directory above the cases
 */
record ParityCases(Path root) {

  /** Arguments of cases that say how the run goes, which a check has not. */
  private static final Set<String> ONLY_OF_RUNS =
      Set.of("--check", "--diff", "--force-handlers", "--step");

  static ParityCases all() throws URISyntaxException {
    URL found = Objects.requireNonNull(ParityCases.class.getResource("/parity"));
    return new ParityCases(Path.of(found.toURI()));
  }

  /** Every case's directory, sorted. */
  List<Path> directories() throws IOException {
    try (Stream<Path> directories = Files.list(root)) {
      return directories.filter(Files::isDirectory).sorted().toList();
    }
  }

  /** A copy of a case in which it can run. */
  Case copy(Path recorded, Path scratch) throws IOException {
    Path here = scratch.resolve(recorded.getFileName().toString());
    copyTree(recorded, here);
    Files.copy(
        root.resolve("inventory"),
        scratch.resolve("inventory"),
        StandardCopyOption.REPLACE_EXISTING);
    return new Case(here);
  }

  private static void copyTree(Path from, Path to) throws IOException {
    try (Stream<Path> all = Files.walk(from)) {
      all.forEach(
          each -> {
            try {
              Path target = to.resolve(from.relativize(each).toString());
              if (Files.isDirectory(each)) {
                Files.createDirectories(target);
              } else {
                Files.copy(each, target);
              }
            } catch (IOException failure) {
              throw new UncheckedIOException(failure);
            }
          });
    }
  }

  /**
   * One case, ready to run.
   *
   * @param directory its copy
   */
  record Case(Path directory) {

    /** Runs a command of Hearth on its playbook. */
    InProcess hearth(String command) throws IOException {
      List<String> arguments = new ArrayList<>(List.of(command, "-i"));
      arguments.add(Files.exists(directory.resolve("inventory")) ? "inventory" : "../inventory");
      arguments.add("playbook.yml");
      if (Files.exists(directory.resolve("args"))) {
        arguments.addAll(Files.readAllLines(directory.resolve("args")));
      }
      if (command.equals("check")) {
        arguments.removeAll(ONLY_OF_RUNS);
        int forks = arguments.indexOf("-f");
        if (forks >= 0) {
          arguments.subList(forks, forks + 2).clear();
        }
      } else if (!arguments.contains("-f")) {
        arguments.addAll(List.of("-f", "1"));
      }
      return InProcess.hearth(directory, variables(), typed(), arguments.toArray(String[]::new));
    }

    private String typed() throws IOException {
      Path typed = directory.resolve("stdin");
      return Files.exists(typed) ? Files.readString(typed) : "";
    }

    /** What the case's {@code env} adds to the environment: {@code NAME=value} lines. */
    private Map<String, String> variables() throws IOException {
      Map<String, String> variables = new LinkedHashMap<>();
      if (Files.exists(directory.resolve("env"))) {
        for (String line : Files.readAllLines(directory.resolve("env"))) {
          int equals = line.indexOf('=');
          variables.put(line.substring(0, equals), line.substring(equals + 1));
        }
      }
      return variables;
    }

    /** The only file that the run left in a directory. */
    String written(String below) throws IOException {
      try (Stream<Path> files = Files.list(directory.resolve(below))) {
        return Files.readString(files.findFirst().orElseThrow());
      }
    }

    /** What was recorded in a file of the case. */
    String recorded(String name) throws IOException {
      return Files.readString(directory.resolve(name));
    }
  }
}

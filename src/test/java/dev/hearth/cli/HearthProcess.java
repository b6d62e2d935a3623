package dev.hearth.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** The program under test as a process of its own. */
public final class HearthProcess {

  private HearthProcess() {}

  /** What starts it with these arguments. */
  static List<String> command(String... arguments) {
    return java(Main.class, arguments);
  }

  /** What starts another program of the tests' class path. */
  public static List<String> java(Class<?> main, String... arguments) {
    String path =
        HearthProcess.class.getClassLoader() instanceof URLClassLoader loader
            ? Arrays.stream(loader.getURLs()).map(URL::getPath).collect(Collectors.joining(":"))
            : System.getProperty("java.class.path");
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-cp", path, main.getName()));
    command.addAll(List.of(arguments));
    return command;
  }

  /** Writes a program {@code hearth} into a directory. */
  static Path launcher(Path directory) {
    String words =
        command().stream().map(word -> "'" + word + "'").collect(Collectors.joining(" "));
    try {
      Path program =
          Files.writeString(directory.resolve("hearth"), "#!/bin/sh\nexec " + words + " \"$@\"\n");
      return Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}

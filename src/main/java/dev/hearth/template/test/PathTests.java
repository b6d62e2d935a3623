package dev.hearth.template.test;

import dev.hearth.template.Call;
import dev.hearth.template.Test;
import dev.hearth.template.python.PythonError;
import dev.hearth.value.Value;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** What a path is on the controller. */
final class PathTests {

  private PathTests() {}

  private interface Question {
    boolean of(Path path) throws IOException;
  }

  static Map<String, Test> all() {
    Map<String, Test> all = new HashMap<>();
    both(all, "directory", "is_dir", true, Files::isDirectory);
    both(all, "file", "is_file", true, Files::isRegularFile);
    both(all, "link", "is_link", Files::isSymbolicLink);
    both(all, "exists", "exists", true, Files::exists);
    both(all, "link_exists", "link_exists", path -> Files.exists(path, LinkOption.NOFOLLOW_LINKS));
    both(all, "abs", "is_abs", Path::isAbsolute);
    both(all, "mount", "is_mount", PathTests::mount);
    Test same = Test.of("path2", PathTests::same);
    all.put("same_file", same);
    all.put("is_same_file", same);
    return all;
  }

  private static void both(Map<String, Test> all, String name, String other, Question question) {
    both(all, name, other, false, question);
  }

  /**
   * @param numbered whether a number is no error: to Python it is an open file
   */
  private static void both(
      Map<String, Test> all, String name, String other, boolean numbered, Question question) {
    Test test =
        Test.of(
            "",
            call -> {
              try {
                boolean number =
                    call.input() instanceof Value.Int || call.input() instanceof Value.Bool;
                String text = numbered && number ? call.inputText() : call.writtenText();
                if (text.isEmpty()) {
                  return false;
                }
                Path written = Path.of(text);
                return name.equals("abs") ? question.of(written) : question.of(at(call, written));
              } catch (IOException unreadable) {
                return false;
              }
            });
    all.put(name, test);
    all.put(other, test);
  }

  private static Path at(Call call, Path path) {
    return call.engine().surroundings().workingDirectory().resolve(path);
  }

  private static boolean mount(Path path) throws IOException {
    Path parent = path.toRealPath().getParent();
    return parent == null || !Files.getFileStore(path).equals(Files.getFileStore(parent));
  }

  private static boolean same(Call call) {
    try {
      return Files.isSameFile(
          at(call, Path.of(call.writtenText())), at(call, Path.of(call.text("path2"))));
    } catch (IOException absent) {
      throw new PythonError("needs two files that are there");
    }
  }

  static boolean vaulted(Call call) {
    Path file = at(call, Path.of(call.writtenText()));
    try (BufferedReader reader = Files.newBufferedReader(file, StandardCharsets.ISO_8859_1)) {
      String line = reader.readLine();
      return line != null && Value.Vaulted.isEnvelope(line);
    } catch (IOException unreadable) {
      throw new PythonError("cannot read " + file);
    }
  }
}

package dev.hearth.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Replays every kept input of every target of the fuzzer; a directory names the target's class. */
final class FuzzCorpusTest {

  @TestFactory
  Stream<DynamicTest> keptInputs()
      throws IOException, URISyntaxException, ReflectiveOperationException {
    Path corpus =
        Path.of(Objects.requireNonNull(FuzzCorpusTest.class.getResource("/fuzz")).toURI());
    List<DynamicTest> tests = new ArrayList<>();
    for (Path directory : children(corpus)) {
      String target = directory.getFileName().toString();
      MethodHandle replay =
          MethodHandles.publicLookup()
              .findStatic(
                  Class.forName(target),
                  "fuzzerTestOneInput",
                  MethodType.methodType(void.class, byte[].class));
      List<Path> inputs = children(directory);
      assertThat(inputs).as(target).isNotEmpty();
      for (Path input : inputs) {
        tests.add(
            DynamicTest.dynamicTest(
                target + ": " + input.getFileName(),
                () -> replay.invoke(Files.readAllBytes(input))));
      }
    }
    return tests.stream();
  }

  private static List<Path> children(Path directory) throws IOException {
    try (Stream<Path> children = Files.list(directory)) {
      return children.sorted().toList();
    }
  }
}

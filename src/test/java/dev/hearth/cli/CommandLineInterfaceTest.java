package dev.hearth.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.diag.ExitCode;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CommandLineInterfaceTest {

  /** Such as a class that is missing in a jar that was replaced under a running program. */
  @Test
  void anErrorOfJavaItselfIsADefectWithItsExitCode(@TempDir Path directory) {
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    OutputStream broken =
        new OutputStream() {
          @Override
          public void write(int one) {
            throw new NoClassDefFoundError("dev/hearth/Missing");
          }
        };
    Environment environment =
        new Environment(
            Map.of(),
            directory,
            directory,
            InputStream.nullInputStream(),
            new PrintStream(broken, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            false,
            false);

    int exit = CommandLineInterface.run(environment, "--version");

    assertThat(exit).isEqualTo(ExitCode.DEFECT.number());
    assertThat(err.toString(StandardCharsets.UTF_8))
        .contains("error: Hearth has a defect here")
        .contains("NoClassDefFoundError: dev/hearth/Missing")
        .contains("please report it");
  }
}

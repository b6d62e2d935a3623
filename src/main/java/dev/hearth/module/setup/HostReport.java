package dev.hearth.module.setup;

import dev.hearth.fact.Fact;
import dev.hearth.fact.UnreadableFact;
import dev.hearth.shell.Outcome;
import dev.hearth.shell.Script;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;

/**
 * Everything that {@code setup} wants to know, asked in one script.
 *
 * @param parts which parts of the script run
 * @param factPath where local facts lie
 * @param patience seconds that one slow command may take
 */
record HostReport(List<String> parts, String factPath, int patience) implements Fact<Report> {

  private static final String BODY = body();

  HostReport(Collection<String> parts, String factPath, int patience) {
    this(List.copyOf(new TreeSet<>(parts)), factPath, patience);
  }

  @Override
  public String key() {
    return "setup " + String.join(",", parts);
  }

  @Override
  public Script probe() {
    return Script.of(
        BODY, " " + String.join(" ", parts) + " ", factPath, Integer.toString(patience));
  }

  @Override
  public Report parse(Outcome.Exited answer) {
    if (!answer.ok()) {
      throw new UnreadableFact("the host's facts could not be gathered: " + answer.err().strip());
    }
    return Report.of(answer.out());
  }

  private static String body() {
    try (InputStream script = HostReport.class.getResourceAsStream("gather.sh")) {
      if (script == null) {
        throw new IllegalStateException("gather.sh is not in the program");
      }
      return new String(script.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

package dev.hearth.module;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.hearth.module.library.Library;
import dev.hearth.shell.Script;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * ShellCheck finds nothing in what the golden cases run on a host but what {@code shellcheck.allow}
 * explains. The bodies of scripts are constants of the program, so each is read once, whatever its
 * words are.
 */
class ShellcheckTest {

  private static final Path SHELLCHECK = Path.of("/usr/bin/shellcheck");
  private static final Path CASES = Path.of("src/test/resources/modules");
  private static final Path ALLOWED = Path.of("src/test/resources/shellcheck.allow");
  private static final Pattern FINDING =
      Pattern.compile("(?<file>[^:]+):(?<line>\\d+):\\d+: .*\\[(?<code>SC\\d+)]");

  @TempDir Path folder;

  @Test
  void findsOnlyWhatIsExplained() throws Exception {
    assumeTrue(Files.isExecutable(SHELLCHECK), "ShellCheck is not on this machine");
    List<String> allowed;
    try (Stream<String> lines = Files.lines(ALLOWED)) {
      allowed = lines.filter(line -> line.startsWith("SC")).toList();
    }
    Set<String> found = new TreeSet<>();
    for (String line : said(written())) {
      Matcher finding = FINDING.matcher(line);
      assertThat(finding.matches()).as(line).isTrue();
      found.add(finding.group("code") + " " + source(finding));
    }
    assertThat(found).hasSizeGreaterThan(allowed.size() / 2);
    allowed.forEach(found::remove);
    assertThat(found).as("to mend, or to explain in " + ALLOWED).isEmpty();
  }

  /** The names of files with one body each, called after a case that runs it. */
  private List<String> written() throws IOException {
    TreeMap<String, String> bodies = new TreeMap<>();
    for (Module<?> module : Library.modules().all()) {
      Path cases = CASES.resolve(module.spec().shortName());
      if (Files.isDirectory(cases)) {
        try (Stream<Path> files = Files.list(cases)) {
          for (Path file : files.filter(path -> path.toString().endsWith(".yml")).toList()) {
            for (Script script : GoldenCase.read(file).scripts(module)) {
              bodies.put(script.body(), module.spec().shortName() + "." + file.getFileName());
            }
          }
        }
      }
    }
    List<String> names = new ArrayList<>();
    for (var body : bodies.entrySet()) {
      names.add(names.size() + "." + body.getValue());
      Files.writeString(folder.resolve(names.getLast()), body.getKey());
    }
    assertThat(names).hasSizeGreaterThan(200);
    return names;
  }

  private List<String> said(List<String> files) throws Exception {
    // Bodies share functions that not each of them calls.
    List<String> words = new ArrayList<>(List.of(SHELLCHECK.toString(), "-e", "SC2317,SC2329"));
    words.addAll(List.of("-s", "sh", "-f", "gcc"));
    words.addAll(files);
    Path said = folder.resolve("said");
    new ProcessBuilder(words)
        .directory(folder.toFile())
        .redirectErrorStream(true)
        .redirectOutput(said.toFile())
        .start()
        .waitFor();
    return Files.readAllLines(said);
  }

  private String source(Matcher finding) throws IOException {
    List<String> lines = Files.readAllLines(folder.resolve(finding.group("file")));
    return lines.get(Integer.parseInt(finding.group("line")) - 1).strip();
  }
}

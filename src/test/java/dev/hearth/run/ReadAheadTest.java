package dev.hearth.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Asking for coming tasks changes how often a host is asked and nothing else. Each case runs in two
 * directories, with and without it.
 */
class ReadAheadTest {

  private static final Pattern TRIPS = Pattern.compile("\"round_trips\": (\\d+)");
  private static final int RUNS = 25;
  private static final int TASKS = 12;

  @TempDir private Path directory;

  /** What two runs one after the other printed, and what was on the disk after each. */
  private record Seen(List<Integer> exits, List<String> printed, List<Map<String, String>> trees) {}

  static Stream<Long> seeds() {
    Random random = new Random(20_251_121);
    return IntStream.range(0, RUNS).mapToObj(i -> random.nextLong());
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void anyPlaybookDoesTheSameWithoutIt(long seed) throws IOException {
    String tasks = tasks(new Random(seed));

    assertThat(twice("with", tasks))
        .as(tasks)
        .isEqualTo(twice("without", tasks, "--no-read-ahead"));
  }

  @Test
  void tasksWithNothingToDoShareTheirQuestions() throws IOException {
    String tasks =
        IntStream.range(0, 30)
            .mapToObj(i -> "- copy: {content: 'a', dest: D/f%d}\n".formatted(i))
            .collect(Collectors.joining());
    twice("with", tasks);

    assertThat(trips("with", tasks)).isLessThanOrEqualTo(6);
    assertThat(trips("with", tasks, "--no-read-ahead")).isEqualTo(30);
  }

  @Test
  void tasksThatAskTheSameShareOneAnswer() throws IOException {
    String tasks =
        "- lineinfile: {path: D/f, line: a, create: true}\n"
            + "- lineinfile: {path: D/f, line: a}\n".repeat(29);
    twice("with", tasks);

    assertThat(trips("with", tasks)).isLessThanOrEqualTo(2);
    assertThat(trips("with", tasks, "--no-read-ahead")).isEqualTo(30);
  }

  @Test
  void anAnswerThatTasksShareIsForgottenWhenSomethingIsDone() throws IOException {
    String tasks =
        """
        - stat: {path: D/a}
        - stat: {path: D/a}
          register: before
        - command: touch D/a
        - stat: {path: D/a}
          register: after
        - file: {path: D/a, state: absent}
        - stat: {path: D/a}
          register: gone
        - assert: {that: [not before.stat.exists, after.stat.exists, not gone.stat.exists]}
        """;

    assertThat(twice("with", tasks).exits()).containsExactly(0, 0);
  }

  @Test
  void whatATaskWillAskTravelsWithTheStepBeforeIt() throws IOException {
    String tasks =
        IntStream.range(0, 30)
            .mapToObj(i -> "- copy: {content: 'a', dest: D/f%d}\n".formatted(i))
            .collect(Collectors.joining());
    Files.createDirectories(directory.resolve("with/host"));
    Files.createDirectories(directory.resolve("without/host"));

    int without = trips("without", tasks, "--no-read-ahead");
    assertThat(without - trips("with", tasks)).isGreaterThanOrEqualTo(28);
  }

  @Test
  void itemsOfALoopShareTheirQuestions() throws IOException {
    String task =
        """
        - copy: {content: '{{ item }}', dest: 'D/f{{ item }}'}
          loop: '{{ range(30) | list }}'
        """;
    twice("with", task);

    assertThat(trips("with", task)).isLessThanOrEqualTo(6);
  }

  @Test
  void whatAnEarlierTaskChangesIsSeen() throws IOException {
    String tasks =
        """
        - stat: {path: D/a}
        - stat: {path: D/b}
        - command: touch D/made
        - stat: {path: D/made}
          register: made
        - copy: {content: x, dest: D/copied}
        - stat: {path: D/copied}
          register: copied
        - assert: {that: [made.stat.exists, copied.stat.exists]}
        """;

    assertThat(twice("with", tasks).exits()).containsExactly(0, 0);
  }

  @Test
  void aTaskThatWaitsLooksAgain() throws IOException {
    String tasks =
        """
        - stat: {path: D/a}
        - shell: (sleep 1; touch D/late) >/dev/null 2>&1 &
        - stat: {path: D/late}
          register: late
          until: late.stat.exists
          delay: 0.2
          retries: 50
        - shell: (sleep 1; touch D/later) >/dev/null 2>&1 &
        - stat: {path: D/b}
        - pause: {seconds: 2}
        - stat: {path: D/later}
          register: later
        - assert: {that: later.stat.exists}
        """;

    assertThat(twice("with", tasks).exits()).containsExactly(0, 0);
  }

  @Test
  void lookupsThatActRunAsOftenAsWithoutIt() throws IOException {
    String tasks =
        """
        - stat: {path: D/a}
        - stat: {path: D/b}
        - copy:
            content: "{{ lookup('pipe', 'echo x >> D/calls; echo y') }}"
            dest: D/made
        - copy:
            content: "{{ lookup('pipe', 'echo x >> D/never; echo y') }}"
            dest: D/other
          when: not true
        """;

    Seen with = twice("with", tasks);
    assertThat(with).isEqualTo(twice("without", tasks, "--no-read-ahead"));
    assertThat(with.trees().getLast()).doesNotContainKey("never");
  }

  @Test
  void whatALookupDoesIsSeen() throws IOException {
    String tasks =
        """
        - stat: {path: D/a}
        - stat: {path: D/b}
        - set_fact: {said: "{{ lookup('pipe', 'touch D/made; echo y') }}"}
        - stat: {path: D/made}
          register: made
        - debug: {msg: "{{ lookup('password', 'D/password') }}"}
        - stat: {path: D/password}
          register: password
        - debug: {msg: asked}
          when: query('lines', 'touch D/more') == []
        - stat: {path: D/more}
          register: more
        - assert: {that: [made.stat.exists, password.stat.exists, more.stat.exists]}
        """;

    assertThat(twice("with", tasks).exits()).containsExactly(0, 0);
  }

  @Test
  void whatIsDoneWhileTheDebuggerWaitsIsSeen() throws IOException {
    String tasks =
        """
        - stat: {path: D/a}
        - stat: {path: D/made}
          register: made
          failed_when: not made.stat.exists
          debugger: on_failed
        - stat: {path: D/made}
          register: again
        - assert: {that: [made.stat.exists, again.stat.exists]}
        """;
    Path made = Files.createDirectories(directory.resolve("with/host")).resolve("made");
    InProcess.playbook(directory.resolve("with"), tasks.replace("D/", made.getParent() + "/"));

    InProcess run =
        InProcess.hearth(
            directory.resolve("with"),
            Map.of(),
            new Somebody("r\n", made),
            "play",
            "play.yml",
            "-i",
            "localhost,",
            "-c",
            "local");
    assertThat(run.exit()).as("%s", run).isZero();
  }

  /** Makes a file before anything is typed. */
  private static final class Somebody extends FilterInputStream {

    private final Path file;

    Somebody(String typed, Path file) {
      super(new ByteArrayInputStream(typed.getBytes(StandardCharsets.UTF_8)));
      this.file = file;
    }

    @Override
    public int read() throws IOException {
      make();
      return super.read();
    }

    @Override
    public int read(byte[] bytes, int from, int count) throws IOException {
      make();
      return super.read(bytes, from, count);
    }

    private void make() throws IOException {
      if (!Files.exists(file)) {
        Files.createFile(file);
      }
    }
  }

  private Seen twice(String name, String tasks, String... more) throws IOException {
    Path base = directory.resolve(name);
    Path own = Files.createDirectories(base.resolve("host"));
    List<Integer> exits = new ArrayList<>();
    List<String> printed = new ArrayList<>();
    List<Map<String, String>> trees = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      InProcess run = play(name, tasks, Stream.concat(Stream.of("--diff"), Stream.of(more)));
      exits.add(run.exit());
      printed.add(
          (run.out() + run.err())
              .replace(base.toString(), "HERE")
              .replaceAll(
                  "\"(atime|ctime|mtime|inode|start|end|delta|dev)\": [^,}]+", "\"$1\": 0"));
      trees.add(tree(own));
    }
    return new Seen(exits, printed, trees);
  }

  private int trips(String name, String tasks, String... more) throws IOException {
    InProcess run = play(name, tasks, Stream.concat(Stream.of("--json"), Stream.of(more)));
    Matcher count = TRIPS.matcher(run.out());
    assertThat(run.exit()).as("%s", run).isZero();
    assertThat(count.find()).as("%s", run).isTrue();
    return Integer.parseInt(count.group(1));
  }

  private InProcess play(String name, String tasks, Stream<String> options) throws IOException {
    Path base = directory.resolve(name);
    InProcess.playbook(base, tasks.replace("D/", base.resolve("host") + "/"));
    return InProcess.hearth(
        base,
        Stream.concat(Stream.of("play", "play.yml", "-i", "localhost,", "-c", "local"), options)
            .toArray(String[]::new));
  }

  /** Every file with its kind, mode and content. */
  private static Map<String, String> tree(Path root) throws IOException {
    Map<String, String> found = new TreeMap<>();
    try (Stream<Path> below = Files.walk(root)) {
      below.forEach(path -> found.put(root.relativize(path).toString(), described(path)));
    }
    return found;
  }

  private static String described(Path path) {
    try {
      String mode =
          PosixFilePermissions.toString(
              Files.getPosixFilePermissions(path, LinkOption.NOFOLLOW_LINKS));
      if (Files.isSymbolicLink(path)) {
        return "link " + Files.readSymbolicLink(path).getFileName();
      }
      return mode + (Files.isRegularFile(path) ? Files.readString(path) : "");
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /**
   * Tasks that get in each other's way: few files, every second task may change what others see.
   */
  private static String tasks(Random random) {
    StringBuilder tasks = new StringBuilder();
    for (int i = 0; i < TASKS; i++) {
      tasks.append(task(random, i));
    }
    return tasks.toString();
  }

  private static String task(Random random, int number) {
    String file = "D/" + (char) ('a' + random.nextInt(4));
    String text =
        switch (random.nextInt(11)) {
          case 0 -> "- copy: {content: 'c%d', dest: %s}".formatted(random.nextInt(2), file);
          case 1 -> "- file: {path: %s, state: absent}".formatted(file);
          case 2 ->
              "- file: {path: %s, state: touch, mode: '06%d0'}".formatted(file, random.nextInt(8));
          case 3 ->
              "- lineinfile: {path: %s, line: 'l%d', create: true}"
                  .formatted(file, random.nextInt(3));
          case 4 -> "- stat: {path: %s}\n  register: s%d".formatted(file, random.nextInt(3));
          case 5 -> "- shell: echo %d >> %s".formatted(number, file);
          case 6 -> "- command: {cmd: 'touch %s', creates: '%s'}".formatted(file, file);
          case 7 ->
              "- copy: {content: '{{ item }}', dest: '%s{{ item }}'}\n  loop: [a, b, c]"
                  .formatted(file);
          case 8 -> "- file: {src: %s, dest: D/link, state: link, force: true}".formatted(file);
          case 9 ->
              "- block:\n    - fail: {}\n      when: s0 is defined\n    - stat: {path: %s}\n  rescue:\n    - copy: {content: rescued, dest: %s}\n  always:\n    - stat: {path: %s}"
                  .formatted(file, file, file);
          default -> "- slurp: {src: %s}\n  ignore_errors: true".formatted(file);
        };
    if (text.contains("block:") || random.nextInt(4) > 0) {
      return text + "\n";
    }
    String result = "s" + random.nextInt(3);
    return text
        + "\n  when: %s is not defined or (%s.stat.exists | default(false))\n"
            .formatted(result, result);
  }
}

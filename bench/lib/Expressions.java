import dev.hearth.diag.Location;
import dev.hearth.diag.Source;
import dev.hearth.template.Ciphers;
import dev.hearth.template.JinjaTemplar;
import dev.hearth.template.Scope;
import dev.hearth.template.SearchPath;
import dev.hearth.template.Surroundings;
import dev.hearth.template.Templar;
import dev.hearth.template.TemplateFailure;
import dev.hearth.template.standard.StandardLanguage;
import dev.hearth.template.syntax.Grammar;
import dev.hearth.template.syntax.SyntaxFailure;
import dev.hearth.template.syntax.TemplateOptions;
import dev.hearth.value.JsonReader;
import dev.hearth.value.Value;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Holds Hearth's parser against what Jinja2 accepts, or measures how fast expressions are evaluated. Run it from source with
 * Hearth's jar as the class path: {@code java -cp target/hearth.jar bench/lib/Expressions.java compare FILE}, where FILE is what
 * {@code expressions.py} printed, or {@code … speed SECONDS}. Exit 1: they do not agree, or it is too slow.
 */
public final class Expressions {
  private static final int WANTED_PER_SECOND = 20_000;

  private Expressions() {}

  public static void main(String[] arguments) throws IOException {
    boolean good =
        arguments[0].equals("speed") ? speed(Integer.parseInt(arguments[1])) : compare(Path.of(arguments[1]));
    System.exit(good ? 0 : 1);
  }

  private static boolean compare(Path file) throws IOException {
    int[][] counts = new int[2][4];
    try (Stream<String> lines = Files.lines(file)) {
      lines.forEach(
          line -> {
            var entry = (Value.Dict) JsonReader.read(line);
            String text = text(entry, "text");
            boolean template = text(entry, "kind").equals("template");
            boolean theirs = Value.Bool.TRUE.equals(entry.get("accepted"));
            String reason = refusal(text, template);
            int[] count = counts[template ? 1 : 0];
            count[(theirs ? 2 : 0) + (reason.isEmpty() ? 1 : 0)]++;
            if (theirs != reason.isEmpty()) {
              System.out.printf(
                  "Jinja2 %s, Hearth %s, in %s:%n    %s%n",
                  theirs ? "accepts" : "refuses",
                  reason.isEmpty() ? "accepts" : "refuses (" + reason + ")",
                  text(entry, "where"),
                  text.replace("\n", "\n    "));
            }
          });
    }
    report("expressions", counts[0]);
    report("whole templates", counts[1]);
    return Stream.of(counts).allMatch(count -> count[1] + count[2] == 0);
  }

  private static void report(String what, int[] count) {
    System.out.printf(
        "%d distinct %s: both accept %d, both refuse %d, only Jinja2 accepts %d, only Hearth accepts %d%n",
        count[0] + count[1] + count[2] + count[3], what, count[3], count[0], count[2], count[1]);
  }

  private static String refusal(String text, boolean template) {
    try {
      if (template) {
        Grammar.template(text, TemplateOptions.DEFAULT, true, Set.of());
      } else {
        Grammar.expression(text, true);
      }
      return "";
    } catch (SyntaxFailure failure) {
      return failure.summary();
    }
  }

  private static String text(Value.Dict entry, String name) {
    return ((Value.Text) entry.get(name)).value();
  }

  /** The kinds of expressions that playbooks of homelabs write most. */
  private static final List<String> SMALL =
      List.of(
          "{{ name }}",
          "{{ item.path }}/config.yml",
          "{{ port | default(8080) }}",
          "{{ missing | default('none') }}",
          "{{ groups['web'] | length }}",
          "{{ enabled | bool }}",
          "{{ packages | map(attribute='name') | join(', ') }}",
          "{{ users | selectattr('admin') | list }}",
          "{{ '/srv/' ~ name ~ '/data' }}",
          "{{ 'on' if enabled else 'off' }}",
          "{{ name | lower | replace('_', '-') }}",
          "{{ result.rc == 0 and 'ok' in result.stdout }}",
          "{{ result is defined and result is not none }}",
          "{{ path | basename }}",
          "{{ version is version('2.19', '>=') }}",
          "{{ base | combine({'port': 443}) }}",
          "{{ name | regex_replace('^web', 'db') }}",
          "{{ nested.name }}",
          "{{ result.stdout.split() | first | trim }}",
          "{{ [1, 2, 3][1:] | sum + port }}");

  private static Scope scope() {
    var source = "web-{{ name }}";
    var nested = new Value.Template(source, Location.startOf(new Source("vars.yml", source)), false);
    var people =
        Value.Seq.of(
            Value.Dict.ofTexts(Map.of("name", Value.text("ann"), "admin", Value.Bool.TRUE)),
            Value.Dict.ofTexts(Map.of("name", Value.text("bob"), "admin", Value.Bool.FALSE)));
    return Scope.of(
        Map.ofEntries(
            Map.entry("name", Value.text("web_1")),
            Map.entry("item", Value.Dict.ofTexts(Map.of("path", Value.text("/etc/app")))),
            Map.entry("port", Value.number(80)),
            Map.entry("groups", Value.Dict.ofTexts(Map.of("web", Value.Seq.of(Value.text("a"), Value.text("b"))))),
            Map.entry("enabled", Value.text("yes")),
            Map.entry("packages", people),
            Map.entry("users", people),
            Map.entry("result", Value.Dict.ofTexts(Map.of("rc", Value.number(0), "stdout", Value.text("ok then\n")))),
            Map.entry("path", Value.text("/var/lib/app/data.db")),
            Map.entry("version", Value.text("2.20.1")),
            Map.entry("base", Value.Dict.ofTexts(Map.of("host", Value.text("a"), "port", Value.number(80)))),
            Map.entry("nested", Value.Dict.ofTexts(Map.of("name", nested)))),
        SearchPath.NONE);
  }

  private static boolean speed(int seconds) {
    var surroundings =
        new Surroundings(Map.of(), Path.of("/root"), Path.of("/"), Clock.systemUTC(), false, Set.of(), name -> Optional.empty(), secret -> {}, warning -> {}, new Random(1));
    Templar templar =
        new JinjaTemplar(
            StandardLanguage.with(text -> List.of(JsonReader.read(text)), new NoCiphers()),
            sealed -> new Value.Secret(""),
            surroundings);
    double known = rate(templar, seconds, false);
    double fresh = rate(templar, seconds, true);
    System.out.printf(
        "one thread, %d kinds of small expressions: %,.0f a second when the text is known, %,.0f when each is parsed first%n",
        SMALL.size(), known, fresh);
    return Math.min(known, fresh) >= WANTED_PER_SECOND;
  }

  /** Evaluations per second of the second half of the time; the first half is for the compiler. */
  private static double rate(Templar templar, int seconds, boolean fresh) {
    Scope scope = scope();
    List<Source> sources = SMALL.stream().map(text -> new Source("play.yml", text)).toList();
    long half = seconds * 1_000_000_000L;
    long start = System.nanoTime();
    long counted = 0;
    for (int round = 1; ; round++) {
      for (int i = 0; i < SMALL.size(); i++) {
        // A template at a place of its own is one that the parser has not seen.
        var at = new Location(sources.get(i), fresh ? round : 1, 1);
        evaluate(templar, new Value.Template(SMALL.get(i), at, false), scope);
      }
      long elapsed = System.nanoTime() - start;
      if (elapsed > half) {
        counted += SMALL.size();
      }
      if (elapsed > 2 * half) {
        return counted * 1e9 / half;
      }
    }
  }

  private static void evaluate(Templar templar, Value template, Scope scope) {
    try {
      templar.resolve(template, scope);
    } catch (TemplateFailure failure) {
      throw new IllegalStateException(failure.diagnostic().summary(), failure);
    }
  }

  /** No expression here encrypts anything. */
  private static final class NoCiphers implements Ciphers {
    @Override
    public String bcrypt(String version, byte[] password, byte[] salt, int cost) {
      throw new UnsupportedOperationException();
    }

    @Override
    public String seal(String plain, Value.Textual password, String label, Optional<String> salt) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Optional<String> unseal(String sealed, Value.Textual password) {
      throw new UnsupportedOperationException();
    }
  }
}

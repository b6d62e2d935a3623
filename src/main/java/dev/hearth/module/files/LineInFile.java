package dev.hearth.module.files;

import dev.hearth.fact.Fact;
import dev.hearth.fact.Facts;
import dev.hearth.fact.FileBytes;
import dev.hearth.fact.PathFact;
import dev.hearth.fact.PathInfo;
import dev.hearth.module.Arg;
import dev.hearth.module.Exclusive;
import dev.hearth.module.Inline;
import dev.hearth.module.Module;
import dev.hearth.module.Refusal;
import dev.hearth.module.Spec;
import dev.hearth.plan.Result;
import dev.hearth.plan.Verdict;
import dev.hearth.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import org.jspecify.annotations.Nullable;

/** {@code ansible.builtin.lineinfile}: one line is, or is not, in a file. */
public final class LineInFile implements Module<LineInFile.Args> {

  /** Whether the line shall be there. */
  public enum State {
    /** It shall. */
    PRESENT,
    /** It shall not. */
    ABSENT
  }

  /** The parameters. */
  @Exclusive({"insertbefore", "insertafter"})
  @Exclusive({"regexp", "search_string"})
  @Exclusive({"backrefs", "search_string"})
  public record Args(
      @Inline EditedFileOptions file,
      @Arg(
              doc =
                  "What to look for in every line. The last match is replaced; with state absent"
                      + " all are removed.",
              aliases = {"regex"})
          Optional<String> regexp,
      @Arg(doc = "The same as regexp, but as plain text.") Optional<String> searchString,
      @Arg(doc = "Whether the line shall be there.", defaultsTo = "present") State state,
      @Arg(
              doc = "The line.",
              aliases = {"value"})
          Optional<Value.Textual> line,
      @Arg(
              doc = "Fill groups of the match into the line; without a match nothing is changed.",
              defaultsTo = "false")
          boolean backrefs,
      @Arg(doc = "Where a new line goes: EOF, or behind the last line that matches this.")
          Optional<String> insertafter,
      @Arg(doc = "Where a new line goes: BOF, or before the last line that matches this.")
          Optional<String> insertbefore,
      @Arg(doc = "Make the file when it does not exist.", defaultsTo = "false") boolean create,
      @Arg(doc = "Use the first match instead of the last.", defaultsTo = "false")
          boolean firstmatch) {}

  @Override
  public Spec<Args> spec() {
    return Spec.of(
        "ansible.builtin.lineinfile",
        Args.class,
        "Makes sure that a line is in a file, or that lines are not.");
  }

  @Override
  public List<Fact<?>> reads(Args want) {
    return want.file().reads();
  }

  @Override
  public Verdict plan(Args want, Facts host) {
    String path = want.file().on(host);
    PathInfo there = host.get(new PathFact(path)).followed();
    if (there.directory()) {
      return rejected(256, "Path " + path + " is a directory !");
    }
    boolean present = want.state() == State.PRESENT;
    if (present && want.backrefs() && want.regexp().isEmpty()) {
      throw new Refusal("regexp is required with backrefs=true");
    }
    if (present && want.line().isEmpty()) {
      throw new Refusal("line is required with state=present");
    }
    if (!present
        && want.regexp().isEmpty()
        && want.searchString().isEmpty()
        && want.line().isEmpty()) {
      throw new Refusal("one of line, search_string, or regexp is required with state=absent");
    }
    if (!there.exists() && !present) {
      return Verdict.satisfied(Result.ok().with("msg", "file not present"));
    }
    if (!there.exists() && !want.create()) {
      return rejected(257, "Destination " + path + " does not exist !");
    }
    String before = there.exists() ? host.get(new FileBytes(path)) : "";
    EditedFile file =
        want.file()
            .edited(
                path, there, before, want.line().orElse(Value.text("")) instanceof Value.Secret);
    List<String> lines = lines(before);
    return present ? put(want, lines, file) : remove(want, lines, file);
  }

  /** The lines of a text, each with its line end. */
  static List<String> lines(String text) {
    List<String> lines = new ArrayList<>();
    int start = 0;
    for (int end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', start)) {
      lines.add(text.substring(start, end + 1));
      start = end + 1;
    }
    if (start < text.length()) {
      lines.add(text.substring(start));
    }
    return lines;
  }

  private static Verdict remove(Args want, List<String> lines, EditedFile file) {
    Optional<PythonRegex> regexp = want.regexp().map(PythonRegex::compile);
    Optional<String> search = want.searchString().map(PythonRegex::bytes);
    String line = want.line().map(text -> PythonRegex.bytes(text.reveal())).orElse("");
    List<String> kept = new ArrayList<>();
    for (String current : lines) {
      boolean match =
          regexp.isPresent()
              ? regexp.get().found(current)
              : search.isPresent()
                  ? current.contains(search.get())
                  : line.equals(withoutEnd(current));
      if (!match) {
        kept.add(current);
      }
    }
    int found = lines.size() - kept.size();
    Result base = Result.ok().with("found", found).with("backup", "");
    return file.become(
        String.join("", kept), found > 0, found > 0 ? found + " line(s) removed" : "", base);
  }

  private static Verdict put(Args want, List<String> lines, EditedFile file) {
    String line = PythonRegex.bytes(want.line().orElseThrow().reveal());
    Search search = Search.in(lines, want, line);
    List<String> edited = new ArrayList<>(lines);
    String message = "";
    if (search.at >= 0) {
      String text =
          want.backrefs() && search.regexp != null && search.match != null
              ? search.regexp.expand(search.match, line)
              : line;
      String whole = text.endsWith("\n") ? text : text + "\n";
      if (!edited.get(search.at).equals(whole)) {
        edited.set(search.at, whole);
        message = "line replaced";
      }
    } else if (!want.backrefs()) {
      message = insert(want, edited, line, search.place) ? "line added" : "";
    }
    return file.become(
        String.join("", edited), !message.isEmpty(), message, Result.ok().with("backup", ""));
  }

  /** Puts a new line where it belongs, unless it stands there already. */
  private static boolean insert(Args want, List<String> lines, String line, int place) {
    boolean after = want.insertafter().isPresent() || want.insertbefore().isEmpty();
    if (want.insertbefore().equals(Optional.of("BOF"))
        || want.insertafter().equals(Optional.of("BOF"))) {
      lines.addFirst(line + "\n");
      return true;
    }
    if (place < 0 || want.insertafter().equals(Optional.of("EOF"))) {
      append(lines, line);
      return true;
    }
    if (after && place == lines.size()) {
      if (withoutEnd(lines.getLast()).equals(line)) {
        return false;
      }
      append(lines, line);
      return true;
    }
    int neighbour = after || place == 0 ? place : place - 1;
    if (withoutEnd(lines.get(neighbour)).equals(line)) {
      return false;
    }
    lines.add(place, line + "\n");
    return true;
  }

  private static void append(List<String> lines, String line) {
    if (!lines.isEmpty() && !lines.getLast().endsWith("\n") && !lines.getLast().endsWith("\r")) {
      lines.add("\n");
    }
    lines.add(line + "\n");
  }

  private static String withoutEnd(String line) {
    int end = line.length();
    while (end > 0 && (line.charAt(end - 1) == '\n' || line.charAt(end - 1) == '\r')) {
      end--;
    }
    return line.substring(0, end);
  }

  private static Verdict rejected(int rc, String message) {
    return new Verdict.Rejected(Result.failure(message).with("rc", rc));
  }

  /** Where the line, or its place, is found. */
  private static final class Search {
    int at = -1;
    int place = -1;
    @Nullable PythonRegex regexp;
    @Nullable Matcher match;

    static Search in(List<String> lines, Args want, String line) {
      Search search = new Search();
      search.regexp = want.regexp().map(PythonRegex::compile).orElse(null);
      boolean matched = search.wanted(lines, want);
      if (!matched) {
        search.exact(lines, want, line);
      }
      return search;
    }

    private boolean wanted(List<String> lines, Args want) {
      String plain = want.searchString().map(PythonRegex::bytes).orElse(null);
      for (int i = 0; i < lines.size(); i++) {
        Matcher found = regexp == null ? null : regexp.on(lines.get(i));
        if (found != null && found.find() || plain != null && lines.get(i).contains(plain)) {
          at = i;
          match = found;
          if (want.firstmatch()) {
            break;
          }
        }
      }
      return at >= 0;
    }

    private void exact(List<String> lines, Args want, String line) {
      Optional<String> beside =
          want.insertafter()
              .filter(text -> !text.equals("BOF") && !text.equals("EOF"))
              .or(() -> want.insertbefore().filter(text -> !text.equals("BOF")));
      Optional<PythonRegex> neighbour = beside.map(PythonRegex::compile);
      for (int i = 0; i < lines.size(); i++) {
        if (withoutEnd(lines.get(i)).equals(line)) {
          at = i;
        } else if (neighbour.isPresent() && neighbour.get().found(lines.get(i))) {
          place = want.insertafter().isPresent() ? i + 1 : i;
          if (want.firstmatch()) {
            break;
          }
        }
      }
    }
  }
}

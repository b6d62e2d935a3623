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
import dev.hearth.module.Spec;
import dev.hearth.plan.Result;
import dev.hearth.plan.Verdict;
import dev.hearth.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;

/** {@code ansible.builtin.blockinfile}: some lines between two marker lines of a file. */
public final class BlockInFile implements Module<BlockInFile.Args> {

  /** Whether the block shall be there. */
  public enum State {
    /** It shall. */
    PRESENT,
    /** It shall not. */
    ABSENT
  }

  /** The parameters. */
  @Exclusive({"insertbefore", "insertafter"})
  public record Args(
      @Inline EditedFileOptions file,
      @Arg(doc = "Whether the block shall be there.", defaultsTo = "present") State state,
      @Arg(
              doc = "The marker lines; {mark} stands for marker_begin and marker_end.",
              defaultsTo = "# {mark} ANSIBLE MANAGED BLOCK")
          String marker,
      @Arg(
              doc = "The lines between the markers; none is the same as state absent.",
              aliases = {"content"})
          Optional<Value.Textual> block,
      @Arg(doc = "Where a new block goes: EOF, or behind the last line that matches this.")
          Optional<String> insertafter,
      @Arg(doc = "Where a new block goes: BOF, or before the last line that matches this.")
          Optional<String> insertbefore,
      @Arg(doc = "Make the file when it does not exist.", defaultsTo = "false") boolean create,
      @Arg(doc = "What {mark} is in the first marker.", defaultsTo = "BEGIN") String markerBegin,
      @Arg(doc = "What {mark} is in the second marker.", defaultsTo = "END") String markerEnd,
      @Arg(doc = "Keep an empty line behind the block.", defaultsTo = "false")
          boolean appendNewline,
      @Arg(doc = "Keep an empty line before the block.", defaultsTo = "false")
          boolean prependNewline) {}

  @Override
  public Spec<Args> spec() {
    return Spec.of(
        "ansible.builtin.blockinfile",
        Args.class,
        "Keeps a block of lines between two marker lines of a file.");
  }

  @Override
  public List<Fact<?>> reads(Args want) {
    return want.file().reads();
  }

  @Override
  public Verdict plan(Args want, Facts host) {
    String path = want.file().on(host);
    PathInfo there = host.get(new PathFact(path)).followed();
    boolean present = want.state() == State.PRESENT;
    if (there.directory()) {
      return rejected(256, "Path " + path + " is a directory !");
    }
    if (!there.exists() && !want.create()) {
      return rejected(257, "Path " + path + " does not exist !");
    }
    if (!there.exists() && !present) {
      return Verdict.satisfied(Result.ok().with("msg", "File " + path + " not present"));
    }
    String before = there.exists() ? host.get(new FileBytes(path)) : "";
    List<String> block = block(want, present);
    String after = edit(want, before, block, present);
    boolean changed = !there.exists() || !after.equals(before);
    String message =
        !changed
            ? ""
            : !there.exists()
                ? "File created"
                : block.isEmpty() ? "Block removed" : "Block inserted";
    return want.file()
        .edited(path, there, before, want.block().orElse(Value.text("")) instanceof Value.Secret)
        .become(after, changed, message, Result.ok());
  }

  private static List<String> block(Args want, boolean present) {
    String text = PythonRegex.bytes(want.block().map(Value.Textual::reveal).orElse(""));
    if (!present || text.isEmpty()) {
      return List.of();
    }
    List<String> lines = new ArrayList<>();
    lines.add(marker(want, want.markerBegin()));
    lines.addAll(LineInFile.lines(text.endsWith("\n") ? text : text + "\n"));
    lines.add(marker(want, want.markerEnd()));
    return lines;
  }

  private static String marker(Args want, String mark) {
    return PythonRegex.bytes(want.marker().replace("{mark}", mark)) + "\n";
  }

  private static String edit(Args want, String before, List<String> block, boolean present) {
    List<String> lines = new ArrayList<>(LineInFile.lines(before));
    int begin = lines.lastIndexOf(marker(want, want.markerBegin()));
    int end = lines.lastIndexOf(marker(want, want.markerEnd()));
    int place;
    if (begin < 0 || end < 0) {
      place = place(want, lines, before);
    } else {
      place = Math.min(begin, end);
      lines.subList(place, Math.max(begin, end) + 1).clear();
    }
    if (place > 0 && !lines.get(place - 1).endsWith("\n")) {
      lines.set(place - 1, lines.get(place - 1) + "\n");
    }
    if (want.prependNewline() && present && place != 0 && !lines.get(place - 1).equals("\n")) {
      lines.add(place++, "\n");
    }
    lines.addAll(place, block);
    int behind = place + block.size();
    if (want.appendNewline()
        && present
        && behind < lines.size()
        && !lines.get(behind).equals("\n")) {
      lines.add(behind, "\n");
    }
    return String.join("", lines);
  }

  private static int place(Args want, List<String> lines, String text) {
    boolean after = want.insertafter().isPresent();
    Optional<String> beside =
        want.insertafter()
            .filter(pattern -> !pattern.equals("EOF"))
            .or(() -> want.insertbefore().filter(pattern -> !pattern.equals("BOF")));
    if (beside.isEmpty()) {
      return want.insertbefore().isPresent() ? 0 : lines.size();
    }
    PythonRegex pattern = PythonRegex.compile(beside.get());
    int found = -1;
    if (pattern.multiline()) {
      Matcher match = pattern.on(text);
      if (match.find()) {
        int offset = after ? match.end() : match.start();
        found = (int) text.substring(0, offset).chars().filter(c -> c == '\n').count();
      }
    } else {
      for (int i = 0; i < lines.size(); i++) {
        found = pattern.found(lines.get(i)) ? i : found;
      }
    }
    return found < 0 ? lines.size() : Math.min(lines.size(), after ? found + 1 : found);
  }

  private static Verdict rejected(int rc, String message) {
    return new Verdict.Rejected(Result.failure(message).with("rc", rc));
  }
}

package dev.hearth.module.files;

import dev.hearth.fact.Fact;
import dev.hearth.fact.Facts;
import dev.hearth.fact.FileBytes;
import dev.hearth.fact.PathFact;
import dev.hearth.fact.PathInfo;
import dev.hearth.module.Arg;
import dev.hearth.module.Inline;
import dev.hearth.module.Module;
import dev.hearth.module.Refusal;
import dev.hearth.module.Spec;
import dev.hearth.plan.Result;
import dev.hearth.plan.Verdict;
import dev.hearth.value.Value;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;

/** {@code ansible.builtin.replace}: all places in a file that match are replaced. */
public final class ReplaceModule implements Module<ReplaceModule.Args> {

  /** The parameters. */
  public record Args(
      @Inline EditedFileOptions file,
      @Arg(doc = "What to look for; `^` and `$` match at every line.") String regexp,
      @Arg(doc = "What is put there; `\\1` and `\\g<name>` are groups of the match.")
          Optional<Value.Textual> replace,
      @Arg(doc = "Look only behind the first place that matches this; `.` matches line ends.")
          Optional<String> after,
      @Arg(doc = "Look only in front of the first place that matches this.")
          Optional<String> before,
      @Arg(doc = "How the file's characters are written.", defaultsTo = "utf-8") String encoding) {}

  @Override
  public Spec<Args> spec() {
    return Spec.of(
        "ansible.builtin.replace",
        Args.class,
        "Replaces all places in a file that match a regular expression.");
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
    if (!there.exists()) {
      return rejected(257, "Path " + path + " does not exist !");
    }
    Charset charset = charset(want.encoding());
    String bytes = host.get(new FileBytes(path));
    String text = decoded(bytes, charset, path);
    Optional<String> pattern = section(want);
    int start = 0;
    int end = text.length();
    if (pattern.isPresent()) {
      PythonRegex section = PythonRegex.text(pattern.get(), false, true);
      Matcher found = section.on(text);
      if (!found.find()) {
        return Verdict.satisfied(
            Result.ok()
                .with(
                    "msg",
                    "Pattern for before/after params did not match the given file: "
                        + pattern.get()));
      }
      int group = section.names().indexOf("subsection") + 1;
      start = found.start(group);
      end = found.end(group);
    }
    PythonRegex regexp = PythonRegex.text(want.regexp(), true, false);
    Value.Textual replacement = want.replace().orElse(Value.text(""));
    StringBuilder edited = new StringBuilder(text.substring(0, start));
    String part = text.substring(start, end);
    int count = 0;
    int copied = 0;
    Matcher match = regexp.on(part);
    while (match.find()) {
      edited.append(part, copied, match.start());
      edited.append(regexp.expand(match, replacement.reveal()));
      copied = match.end();
      count++;
    }
    edited.append(part, copied, part.length()).append(text.substring(end));
    boolean changed = !edited.toString().equals(text);
    EditedFile file = want.file().edited(path, there, bytes, replacement instanceof Value.Secret);
    return file.showingContentAlone()
        .become(
            new String(edited.toString().getBytes(charset), StandardCharsets.ISO_8859_1),
            changed,
            changed ? count + " replacements made" : "",
            Result.ok().with("rc", 0));
  }

  private static Optional<String> section(Args want) {
    String group =
        "(?P<subsection>.*" + (want.before().isPresent() && want.after().isPresent() ? "?)" : ")");
    return want.after().isEmpty() && want.before().isEmpty()
        ? Optional.empty()
        : Optional.of(want.after().orElse("") + group + want.before().orElse(""));
  }

  private static Charset charset(String name) {
    try {
      return Charset.forName(name);
    } catch (IllegalArgumentException unknown) {
      throw new Refusal("the encoding '" + name + "' is not known; write a name such as utf-8");
    }
  }

  private static String decoded(String bytes, Charset charset, String path) {
    try {
      return charset
          .newDecoder()
          .decode(ByteBuffer.wrap(bytes.getBytes(StandardCharsets.ISO_8859_1)))
          .toString();
    } catch (CharacterCodingException malformed) {
      throw new Refusal(
          path + " is not text in " + charset.name() + "; name its encoding with 'encoding'");
    }
  }

  private static Verdict rejected(int rc, String message) {
    return new Verdict.Rejected(Result.failure(message).with("rc", rc));
  }
}

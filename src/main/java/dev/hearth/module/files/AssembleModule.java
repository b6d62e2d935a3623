package dev.hearth.module.files;

import dev.hearth.fact.Fact;
import dev.hearth.fact.Facts;
import dev.hearth.fact.FileBytes;
import dev.hearth.fact.PathFact;
import dev.hearth.fact.PathInfo;
import dev.hearth.fact.UnreadableFact;
import dev.hearth.module.Arg;
import dev.hearth.module.Contents;
import dev.hearth.module.FileAttributes;
import dev.hearth.module.FromController;
import dev.hearth.module.Inline;
import dev.hearth.module.Md5;
import dev.hearth.module.Module;
import dev.hearth.module.Refusal;
import dev.hearth.module.Sha1;
import dev.hearth.module.Spec;
import dev.hearth.plan.Result;
import dev.hearth.plan.Verdict;
import dev.hearth.shell.Outcome;
import dev.hearth.shell.Script;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** {@code ansible.builtin.assemble}: one file made of the files of a directory on the host. */
public final class AssembleModule implements Module<AssembleModule.Args> {

  /** The parameters. */
  public record Args(
      @Arg(doc = "The directory with the parts, on the host or with remote_src: false here.")
          @FromController(value = FromController.Kind.CONTENTS, unless = "remote_src")
          Contents src,
      @Arg(doc = "The file that is made.") String dest,
      @Arg(doc = "What stands between the parts.") Optional<String> delimiter,
      @Arg(doc = "Only parts whose name this expression finds.") Optional<String> regexp,
      @Arg(doc = "Leave away parts whose name begins with a dot.", defaultsTo = "false")
          boolean ignoreHidden,
      @Arg(doc = "Whether the directory is on the host.", defaultsTo = "true") boolean remoteSrc,
      @Arg(doc = "Decrypt encrypted parts of this machine.", defaultsTo = "true") boolean decrypt,
      @Arg(doc = "Keep the old file under another name.", defaultsTo = "false") boolean backup,
      @Arg(doc = "A command that must accept the new file; %s is its path.")
          Optional<String> validate,
      @Inline FileAttributes attributes) {}

  /**
   * The regular files of a directory, one character per byte, by their names.
   *
   * @param directory on the host
   */
  record Parts(String directory) implements Fact<Map<String, String>> {

    private static final String PROBE =
        """
        [ -d "$1" ] || { echo "Source ($1) does not exist" >&2; exit 1; }
        cd -- "$1" || exit
        for f in .* *; do
          if [ -f "$f" ]; then
            printf '%s %s\\n' "$(($(wc -c <"$f")))" "$f"
            cat -- "$f" || exit
          fi
        done
        """;

    @Override
    public String key() {
      return "parts " + directory;
    }

    @Override
    public Script probe() {
      return Script.of(PROBE, directory);
    }

    @Override
    public Map<String, String> parse(Outcome.Exited answer) {
      if (!answer.ok()) {
        throw new UnreadableFact(answer.err().strip());
      }
      String text = new String(answer.stdout(), StandardCharsets.ISO_8859_1);
      Map<String, String> parts = new TreeMap<>();
      int at = 0;
      while (at < text.length()) {
        int end = text.indexOf('\n', at);
        String head = text.substring(at, end);
        int blank = head.indexOf(' ');
        int length = Integer.parseInt(head.substring(0, blank));
        parts.put(head.substring(blank + 1), text.substring(end + 1, end + 1 + length));
        at = end + 1 + length;
      }
      return parts;
    }
  }

  @Override
  public Spec<Args> spec() {
    return Spec.of(
        "ansible.builtin.assemble", Args.class, "Makes one file of the files of a directory.");
  }

  @Override
  public List<Fact<?>> reads(Args want) {
    List<Fact<?>> facts = new ArrayList<>();
    if (want.src() instanceof Contents.OnHost parts) {
      facts.add(new Parts(parts.path()));
    }
    facts.add(new PathFact(want.dest()));
    facts.add(new FileBytes(want.dest()));
    return facts;
  }

  @Override
  public Verdict plan(Args want, Facts host) {
    String source;
    Map<String, String> parts;
    boolean secret = false;
    switch (want.src()) {
      case Contents.OnHost there -> {
        source = there.path();
        parts = host.get(new Parts(source));
      }
      case Contents.Here here -> {
        source = here.path();
        parts = here.files();
        secret = here.secret();
      }
    }
    Optional<PythonRegex> regexp =
        want.regexp().map(expression -> PythonRegex.text(expression, false, false));
    StringBuilder whole = new StringBuilder();
    String delimiter = PythonRegex.bytes(want.delimiter().orElse("").replace("\\n", "\n"));
    boolean first = true;
    for (Map.Entry<String, String> part : parts.entrySet()) {
      String name = part.getKey();
      if (regexp.filter(it -> !it.on(name).find()).isPresent()
          || want.ignoreHidden() && name.startsWith(".")) {
        continue;
      }
      if (!first && whole.length() > 0 && whole.charAt(whole.length() - 1) != '\n') {
        whole.append('\n');
      }
      if (!first && !delimiter.isEmpty()) {
        whole.append(delimiter);
        if (!delimiter.endsWith("\n")) {
          whole.append('\n');
        }
      }
      first = false;
      whole.append(part.getValue());
    }
    PathInfo there = host.get(new PathFact(want.dest())).followed();
    if (there.directory()) {
      throw new Refusal(want.dest() + " is a directory; name a file");
    }
    String before = there.exists() ? host.get(new FileBytes(want.dest())) : "";
    EditedFile file =
        new EditedFile(
                want.dest(),
                there,
                before,
                secret,
                want.attributes(),
                want.validate(),
                want.backup())
            .showingContentAlone();
    byte[] content = whole.toString().getBytes(StandardCharsets.ISO_8859_1);
    return file.become(
        whole.toString(),
        !there.exists() || !before.contentEquals(whole),
        "OK",
        Result.ok()
            .with("src", source)
            .with("dest", want.dest())
            .with("checksum", Sha1.of(content).hex())
            .with("md5sum", Md5.hex(content)));
  }
}

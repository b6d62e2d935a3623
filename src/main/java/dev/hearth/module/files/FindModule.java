package dev.hearth.module.files;

import dev.hearth.fact.Checksum;
import dev.hearth.fact.Fact;
import dev.hearth.fact.Facts;
import dev.hearth.fact.FileBytes;
import dev.hearth.fact.HostPath;
import dev.hearth.fact.PathInfo;
import dev.hearth.module.Arg;
import dev.hearth.module.FileMode;
import dev.hearth.module.Glob;
import dev.hearth.module.Module;
import dev.hearth.module.Refusal;
import dev.hearth.module.Spec;
import dev.hearth.plan.Result;
import dev.hearth.plan.Verdict;
import dev.hearth.value.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code ansible.builtin.find}: files below directories, by name, age, size and content. */
public final class FindModule implements Module<FindModule.Args> {

  private static final Pattern AGE = Pattern.compile("(-?[0-9]{1,15})([smhdw]?)");
  private static final Pattern SIZE = Pattern.compile("(-?[0-9]{1,15})([bkmgt]?)");

  /** Their content is read to this machine, so it must not be a whole disk. */
  private static final int MOST_CONTENTS = 500;

  /** The parameters. */
  public record Args(
      @Arg(
              doc = "The directories to look into.",
              aliases = {"name", "path"})
          List<String> paths,
      @Arg(
              doc = "Shell patterns, or regular expressions with use_regex, for the last name.",
              aliases = {"pattern"})
          List<String> patterns,
      @Arg(
              doc = "Names that match one of these are left out.",
              aliases = {"exclude"})
          List<String> excludes,
      @Arg(doc = "Patterns are regular expressions.", defaultsTo = "false") boolean useRegex,
      @Arg(
              doc = "Which kind of files.",
              choices = {"any", "directory", "file", "link"},
              defaultsTo = "file")
          String fileType,
      @Arg(doc = "Look into directories below as well.", defaultsTo = "false") boolean recurse,
      @Arg(doc = "How deep at most; 1 is the directory itself.") Optional<Integer> depth,
      @Arg(doc = "Names that begin with a dot as well.", defaultsTo = "false") boolean hidden,
      @Arg(doc = "Enter links to directories.", defaultsTo = "false") boolean follow,
      @Arg(doc = "At least this old, such as 2d; -2d for at most.") Optional<String> age,
      @Arg(
              doc = "Which time is compared with age.",
              choices = {"atime", "ctime", "mtime"},
              defaultsTo = "mtime")
          String ageStamp,
      @Arg(doc = "At least this large, such as 10m; -10m for at most.") Optional<String> size,
      @Arg(doc = "Only files with these permissions.") Optional<FileMode> mode,
      @Arg(doc = "The permissions must be exactly those of mode.", defaultsTo = "true")
          boolean exactMode,
      @Arg(doc = "A regular expression that a line of the file must begin with.")
          Optional<String> contains,
      @Arg(doc = "Look for contains anywhere in the file.", defaultsTo = "false")
          boolean readWholeFile,
      @Arg(doc = "How the files' characters are written; contains is compared byte by byte.")
          Optional<String> encoding,
      @Arg(doc = "Tell the checksums of the files.", defaultsTo = "false") boolean getChecksum,
      @Arg(
              doc = "Which checksum.",
              aliases = {"checksum", "checksum_algo"},
              choices = {"md5", "sha1", "sha224", "sha256", "sha384", "sha512"},
              defaultsTo = "sha1")
          String checksumAlgorithm,
      @Arg(doc = "Stop after so many.") Optional<Integer> limit) {}

  @Override
  public Spec<Args> spec() {
    return Spec.of(
        "ansible.builtin.find",
        Args.class,
        "Finds files by name, age, size, kind or content. They come in the order of their paths.");
  }

  @Override
  public List<Fact<?>> reads(Args want) {
    List<Fact<?>> facts = new ArrayList<>();
    for (String path : want.paths()) {
      new HostPath(path)
          .needs()
          .ifPresentOrElse(facts::add, () -> facts.add(fact(want, HostPath.trimmed(path))));
    }
    return facts;
  }

  private static FoundFiles fact(Args want, String path) {
    return new FoundFiles(
        path, want.recurse() ? want.depth().filter(deep -> deep > 0).orElse(0) : 1, want.follow());
  }

  @Override
  public Verdict plan(Args want, Facts host) {
    if (want.limit().isPresent() && want.limit().get() <= 0) {
      throw new Refusal("limit cannot be " + want.limit().get() + " (leave it out for unlimited)");
    }
    List<String> paths = want.paths().stream().map(path -> new HostPath(path).on(host)).toList();
    host.prefetch(paths.stream().map(path -> fact(want, path)).toList());
    List<FoundFiles.Entry> found = new ArrayList<>();
    Map<String, Value> skipped = new LinkedHashMap<>();
    int examined = 0;
    for (String path : paths) {
      FoundFiles.Answer answer = host.get(fact(want, path));
      if (!answer.directory()) {
        skipped.put(path, Value.text("'" + path + "' is not a directory"));
        continue;
      }
      answer.problems().forEach(problem -> skipped.put(path, Value.text(problem)));
      examined += answer.entries().size();
      Predicate<FoundFiles.Entry> wanted = wanted(want, answer.now());
      answer.entries().stream().filter(wanted).forEach(found::add);
    }
    if (want.contains().isPresent()) {
      found = containing(want, found, host);
    }
    String message =
        skipped.isEmpty()
            ? "All paths examined"
            : "Not all paths examined, check warnings for details";
    if (want.limit().isPresent() && found.size() >= want.limit().get()) {
      found = found.subList(0, want.limit().get());
      message = skipped.isEmpty() ? "Limit of matches reached" : message;
    }
    return Verdict.satisfied(
        Result.ok()
            .with("files", files(want, found, host))
            .with("matched", found.size())
            .with("examined", examined)
            .with("skipped_paths", Value.Dict.ofTexts(skipped))
            .with("msg", message));
  }

  private static Predicate<FoundFiles.Entry> wanted(Args want, long now) {
    Predicate<String> named = named(want);
    Optional<Long> age =
        want.age().map(text -> amount(AGE, text, "age", "smhdw", 1, 60, 3600, 86_400, 604_800));
    Optional<Long> size =
        want.size()
            .map(
                text ->
                    amount(SIZE, text, "size", "bkmgt", 1, 1L << 10, 1L << 20, 1L << 30, 1L << 40));
    return entry -> {
      PathInfo info = entry.info();
      String name = HostPath.name(entry.path());
      long time =
          switch (want.ageStamp()) {
            case "atime" -> info.atime();
            case "ctime" -> info.ctime();
            default -> info.mtime();
          };
      return kind(want.fileType(), info)
          && (want.hidden() || !name.startsWith("."))
          && named.test(name)
          && age.map(limit -> beyond(limit, now - time)).orElse(true)
          && (!info.file() || size.map(limit -> beyond(limit, info.size())).orElse(true))
          && want.mode().map(mode -> permitted(mode, info, want.exactMode())).orElse(true);
    };
  }

  private static boolean kind(String type, PathInfo info) {
    return switch (type) {
      case "any" -> true;
      case "directory" -> info.directory();
      case "link" -> info.link();
      default -> info.file();
    };
  }

  private static boolean permitted(FileMode mode, PathInfo info, boolean exact) {
    int wanted = mode.applyTo(info.mode(), info.directory());
    return exact ? info.mode() == wanted : (info.mode() & wanted) != 0;
  }

  private static boolean beyond(long limit, long value) {
    return limit >= 0 ? value >= limit : value <= -limit;
  }

  private static long amount(
      Pattern form, String text, String parameter, String letters, long... units) {
    Matcher matcher = form.matcher(text.toLowerCase(Locale.ROOT));
    if (!matcher.matches()) {
      throw new Refusal("failed to process " + parameter + ": '" + text + "'");
    }
    String letter = matcher.group(2);
    return Long.parseLong(matcher.group(1))
        * (letter.isEmpty() ? 1 : units[letters.indexOf(letter)]);
  }

  private static Predicate<String> named(Args want) {
    List<Predicate<String>> patterns =
        want.patterns().stream().map(pattern -> pattern(pattern, want.useRegex())).toList();
    List<Predicate<String>> excludes =
        want.excludes().stream().map(pattern -> pattern(pattern, want.useRegex())).toList();
    return name ->
        (patterns.isEmpty() || patterns.stream().anyMatch(pattern -> pattern.test(name)))
            && excludes.stream().noneMatch(pattern -> pattern.test(name));
  }

  private static Predicate<String> pattern(String pattern, boolean regex) {
    if (!regex) {
      return name -> Glob.matches(pattern, name);
    }
    PythonRegex compiled = PythonRegex.text(pattern, false, false);
    return name -> compiled.on(name).lookingAt();
  }

  private static List<FoundFiles.Entry> containing(
      Args want, List<FoundFiles.Entry> found, Facts host) {
    if (found.size() > MOST_CONTENTS) {
      throw new Refusal(
          "contains would read "
              + found.size()
              + " files; narrow them down with patterns, size or age, or use grep in a command");
    }
    PythonRegex regex = PythonRegex.compile(want.contains().orElseThrow());
    List<FoundFiles.Entry> files = found.stream().filter(entry -> entry.info().file()).toList();
    host.prefetch(files.stream().map(entry -> new FileBytes(entry.path())).toList());
    return files.stream()
        .filter(
            entry -> {
              String content = host.get(new FileBytes(entry.path()));
              return want.readWholeFile()
                  ? regex.found(content)
                  : LineInFile.lines(content).stream().anyMatch(line -> regex.on(line).lookingAt());
            })
        .toList();
  }

  private static Value files(Args want, List<FoundFiles.Entry> found, Facts host) {
    if (want.getChecksum()) {
      host.prefetch(
          found.stream()
              .filter(entry -> entry.info().file())
              .map(entry -> new Checksum(entry.path(), want.checksumAlgorithm()))
              .toList());
    }
    List<Value> files = new ArrayList<>();
    for (FoundFiles.Entry entry : found) {
      Map<String, Value> stat = new LinkedHashMap<>();
      StatModule.describe(stat, entry.path(), entry.info());
      if (want.getChecksum() && entry.info().file()) {
        host.get(new Checksum(entry.path(), want.checksumAlgorithm()))
            .ifPresent(sum -> stat.put("checksum", Value.text(sum)));
      }
      files.add(Value.Dict.ofTexts(stat));
    }
    return new Value.Seq(files);
  }
}

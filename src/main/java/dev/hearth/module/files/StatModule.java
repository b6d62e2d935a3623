package dev.hearth.module.files;

import dev.hearth.fact.Checksum;
import dev.hearth.fact.Fact;
import dev.hearth.fact.Facts;
import dev.hearth.fact.HostPath;
import dev.hearth.fact.PathFact;
import dev.hearth.fact.PathInfo;
import dev.hearth.fact.PathStatus;
import dev.hearth.module.Arg;
import dev.hearth.module.FileMode;
import dev.hearth.module.Module;
import dev.hearth.module.Spec;
import dev.hearth.plan.Result;
import dev.hearth.plan.Verdict;
import dev.hearth.value.Value;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/** {@code ansible.builtin.stat}: what the host says about a path. */
public final class StatModule implements Module<StatModule.Args> {

  /** The parameters. */
  public record Args(
      @Arg(
              doc = "The path.",
              aliases = {"dest", "name"})
          String path,
      @Arg(doc = "Follow a link at the path.", defaultsTo = "false") boolean follow,
      @Arg(doc = "Tell the checksum of a regular file.", defaultsTo = "true") boolean getChecksum,
      @Arg(
              doc = "Which checksum.",
              aliases = {"checksum", "checksum_algo"},
              choices = {"md5", "sha1", "sha224", "sha256", "sha384", "sha512"},
              defaultsTo = "sha1")
          String checksumAlgorithm,
      @Arg(
              doc = "Tell what file(1) thinks the content is.",
              aliases = {"mime", "mime_type", "mime-type"},
              defaultsTo = "true")
          boolean getMime,
      @Arg(
              doc = "Tell flags of the file system, where the host has lsattr.",
              aliases = {"attr", "attributes"},
              defaultsTo = "true")
          boolean getAttributes) {}

  @Override
  public Spec<Args> spec() {
    return Spec.of("ansible.builtin.stat", Args.class, "Tells all about a path.");
  }

  @Override
  public List<Fact<?>> reads(Args want) {
    HostPath path = new HostPath(want.path());
    return path.needs().isPresent()
        ? List.of(path.needs().get())
        : facts(want, HostPath.trimmed(want.path()));
  }

  private static List<Fact<?>> facts(Args want, String path) {
    PathFact status = new PathFact(path);
    PathDetails details = details(want, path);
    return want.getChecksum()
        ? List.of(status, details, new Checksum(path, want.checksumAlgorithm()))
        : List.of(status, details);
  }

  private static PathDetails details(Args want, String path) {
    return new PathDetails(path, want.follow(), want.getMime(), want.getAttributes());
  }

  @Override
  public Verdict plan(Args want, Facts host) {
    String path = new HostPath(want.path()).on(host);
    host.prefetch(facts(want, path));
    PathStatus status = host.get(new PathFact(path));
    PathInfo info = status.info(want.follow());
    Map<String, Value> stat = new LinkedHashMap<>();
    stat.put("exists", Value.bool(info.exists()));
    if (info.exists()) {
      describe(stat, path, info);
      Map<String, String> details = host.get(details(want, path));
      access(stat, details);
      if (want.getAttributes()) {
        FileFlags.of(details.getOrDefault("flags", "")).tell(stat);
      }
      if (info.link()) {
        stat.put("lnk_target", Value.text(status.target()));
        stat.put("lnk_source", Value.text(details.getOrDefault("real", "")));
      }
      if (want.getChecksum() && info.file()) {
        host.get(new Checksum(path, want.checksumAlgorithm()))
            .ifPresent(sum -> stat.put("checksum", Value.text(sum)));
      }
    }
    return Verdict.satisfied(Result.ok().with("stat", Value.Dict.ofTexts(stat)));
  }

  /** Puts what is known about what is at a path, by Ansible's names. */
  static void describe(Map<String, Value> stat, String path, PathInfo info) {
    stat.put("path", Value.text(path));
    stat.put("mode", Value.text(FileMode.show(info.mode())));
    stat.put("isdir", Value.bool(info.directory()));
    stat.put("ischr", Value.bool(info.type() == PathInfo.Type.CHARACTER));
    stat.put("isblk", Value.bool(info.type() == PathInfo.Type.BLOCK));
    stat.put("isreg", Value.bool(info.file()));
    stat.put("isfifo", Value.bool(info.type() == PathInfo.Type.FIFO));
    stat.put("islnk", Value.bool(info.link()));
    stat.put("issock", Value.bool(info.type() == PathInfo.Type.SOCKET));
    stat.put("uid", Value.number(info.uid()));
    stat.put("gid", Value.number(info.gid()));
    stat.put("size", Value.number(info.size()));
    stat.put("inode", Value.number(info.inode()));
    stat.put("dev", Value.number(info.device()));
    stat.put("nlink", Value.number(info.links()));
    stat.put("atime", new Value.Real(info.atime()));
    stat.put("mtime", new Value.Real(info.mtime()));
    stat.put("ctime", new Value.Real(info.ctime()));
    String[] who = {"usr", "grp", "oth"};
    for (int i = 0; i < who.length; i++) {
      int bits = info.mode() >> (6 - 3 * i) & 7;
      stat.put("r" + who[i], Value.bool((bits & 4) != 0));
      stat.put("w" + who[i], Value.bool((bits & 2) != 0));
      stat.put("x" + who[i], Value.bool((bits & 1) != 0));
    }
    stat.put("isuid", Value.bool((info.mode() & 04000) != 0));
    stat.put("isgid", Value.bool((info.mode() & 02000) != 0));
    stat.put("pw_name", Value.text(info.owner()));
    stat.put("gr_name", Value.text(info.group()));
  }

  private static void access(Map<String, Value> stat, Map<String, String> details) {
    String access = details.getOrDefault("access", "");
    stat.put("readable", Value.bool(access.contains("r")));
    stat.put("writeable", Value.bool(access.contains("w")));
    stat.put("executable", Value.bool(access.contains("x")));
    deviceNumber(details.getOrDefault("device", ""))
        .ifPresent(number -> stat.put("device_type", Value.number(number)));
    for (String number : List.of("blocks", "block_size")) {
      if (details.getOrDefault(number, "").matches("[0-9]+")) {
        stat.put(number, Value.number(Long.parseLong(details.get(number))));
      }
    }
    for (String text : List.of("mimetype", "charset")) {
      if (details.containsKey(text)) {
        stat.put(text, Value.text(details.get(text)));
      }
    }
  }

  /** A device's number as Linux puts it together from the major and the minor one, in hex. */
  private static OptionalLong deviceNumber(String numbers) {
    if (!numbers.matches("[0-9a-f]{1,8} [0-9a-f]{1,8}")) {
      return OptionalLong.empty();
    }
    long major = Long.parseLong(numbers.split(" ")[0], 16);
    long minor = Long.parseLong(numbers.split(" ")[1], 16);
    return OptionalLong.of(
        (major & 0xfff) << 8 | (major & ~0xfffL) << 32 | minor & 0xff | (minor & ~0xffL) << 12);
  }
}

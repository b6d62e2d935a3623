package dev.hearth.module.docker;

import dev.hearth.fact.Checksum;
import dev.hearth.fact.Fact;
import dev.hearth.fact.Facts;
import dev.hearth.fact.HostPath;
import dev.hearth.fact.PathFact;
import dev.hearth.fact.PathStatus;
import dev.hearth.module.Arg;
import dev.hearth.module.Exclusive;
import dev.hearth.module.Inline;
import dev.hearth.module.Module;
import dev.hearth.module.Refusal;
import dev.hearth.module.Sha1;
import dev.hearth.module.Spec;
import dev.hearth.plan.Diff;
import dev.hearth.plan.Result;
import dev.hearth.plan.Step;
import dev.hearth.plan.Undo;
import dev.hearth.plan.Verdict;
import dev.hearth.shell.Payload;
import dev.hearth.value.Value;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** {@code community.docker.docker_container_copy_into}: a file of the host's in a container. */
public final class DockerContainerCopyInto implements Module<DockerContainerCopyInto.Args> {

  private static final String COPY =
      """
      container=$1 path=$2 source=$3 mode=$4 uid=$5 gid=$6
      work=$(umask 077 && mktemp -d) || exit 1
      trap 'rm -rf -- "$work"' EXIT
      trap 'exit 130' HUP INT TERM
      name=${path##*/}
      dir=${path%/*}/
      if [ -z "$mode" ]; then
        cp -P -- "$source" "$work/$name" || exit 1
      elif [ -n "$source" ]; then
        cp -L -- "$source" "$work/$name" || exit 1
      else
        (umask 077 && cat >"$work/$name") || exit 1
      fi
      chown -h "$uid:$gid" "$work/$name" 2>/dev/null && own=yes || own=
      [ -z "$mode" ] || chmod "$mode" "$work/$name" || exit 1
      if [ -n "$own" ]; then
        tar -C "$work" -cf - "./$name"
      else
        tar -C "$work" --numeric-owner --owner="$uid" --group="$gid" -cf - "./$name"
      fi | docker cp - "$container:$dir"
      """;

  private static final String REMOVE = "docker exec -u 0 \"$1\" rm -f -- \"$2\" </dev/null\n";

  /** The parameters. */
  @Exclusive(
      value = {"content", "path"},
      required = true)
  public record Args(
      @Arg(doc = "The container; it must run unless owner_id and group_id are given.")
          String container,
      @Arg(doc = "A file on the host.") Optional<String> path,
      @Arg(doc = "The content itself.") Optional<Value.Textual> content,
      @Arg(doc = "That is Base64.", defaultsTo = "false") boolean contentIsB64,
      @Arg(doc = "Where it goes in the container.") String containerPath,
      @Arg(doc = "Write what a link there leads to.", defaultsTo = "false") boolean follow,
      @Arg(doc = "Send what a link leads to; otherwise the link itself.", defaultsTo = "true")
          boolean localFollow,
      @Arg(doc = "Its owner, a number; that of the container's user otherwise.")
          Optional<Integer> ownerId,
      @Arg(doc = "Its group, a number.") Optional<Integer> groupId,
      @Arg(doc = "Its permissions; those of the file on the host otherwise.") Optional<Value> mode,
      @Arg(
              doc = "How a text in mode is read: decimal, or octal.",
              choices = {"legacy", "modern", "octal_string_only"},
              defaultsTo = "legacy")
          String modeParse,
      @Arg(doc = "True: always; false: only when there is nothing there.") Optional<Boolean> force,
      @Inline EngineOptions engine) {

    private ContainerFile fact() {
      return new ContainerFile(container, containerPath, follow, engine);
    }

    private Optional<Integer> permissions() {
      return mode.map(
          value ->
              switch (value) {
                case Value.Int number when !modeParse.equals("octal_string_only") ->
                    number.value().intValueExact();
                case Value.Textual text when text.reveal().matches("[0-7]{1,5}") ->
                    Integer.parseInt(text.reveal(), modeParse.equals("legacy") ? 10 : 8);
                default ->
                    throw new Refusal(
                        "mode must be an octal text, or a number; not what was given");
              });
    }
  }

  @Override
  public Spec<Args> spec() {
    return Spec.of(
        "community.docker.docker_container_copy_into",
        Args.class,
        "Copies a file of the host, or a content, into a container.");
  }

  @Override
  public List<Fact<?>> reads(Args want) {
    return List.of(want.fact());
  }

  @Override
  public Verdict plan(Args want, Facts host) {
    if (want.ownerId().isPresent() != want.groupId().isPresent()) {
      throw new Refusal("parameters are required together: owner_id, group_id");
    }
    if (want.content().isPresent() && want.mode().isEmpty()) {
      throw new Refusal("missing parameter(s) required by 'content': mode");
    }
    if (!want.containerPath().matches("(?s)/.*[^/]")) {
      throw new Refusal("container_path must be the absolute path of a file in the container");
    }
    ContainerFile.Answer now = host.get(want.fact());
    long uid = want.ownerId().map(Integer::longValue).orElse(now.uid());
    long gid = want.groupId().map(Integer::longValue).orElse(now.gid());
    if (uid < 0 || gid < 0) {
      throw new Refusal(
          "the container cannot be asked who works in it (does it run, has it /bin/sh?); give"
              + " owner_id and group_id");
    }
    Sent sent = want.path().isPresent() ? file(want, host) : content(want);
    String path = now.path();
    Result result = Result.ok().with("container_path", path);
    boolean same =
        sent.link().isEmpty()
            ? now.file()
                && now.sum().equals(sent.sum())
                && now.mode().equals(written(sent.mode()))
                && now.owner().equals(uid + "/" + gid)
            : sent.link().equals(now.link());
    boolean satisfied = want.force().map(always -> !always && now.exists()).orElse(same);
    if (satisfied) {
      return Verdict.satisfied(result);
    }
    return Verdict.changes(
        List.of(
            Step.change(
                "copy " + path + " into " + want.container(),
                want.engine()
                    .script(
                        COPY,
                        want.container(),
                        path,
                        sent.source(),
                        sent.link().isEmpty()
                            ? String.format(Locale.ROOT, "%04o", sent.mode())
                            : "",
                        Long.toString(uid),
                        Long.toString(gid))
                    .reading(sent.content()),
                now.exists()
                    ? new Undo.Impossible("what the container had there is not kept")
                    : new Undo.Run(
                        "remove " + path + " from " + want.container(),
                        want.engine().script(REMOVE, want.container(), path)))),
        List.of(
            new Diff.Properties(
                now.exists() ? shown(now.sum(), now.mode(), now.owner(), now.link()) : Map.of(),
                shown(sent.sum(), written(sent.mode()), uid + "/" + gid, sent.link()))),
        result.changed(true));
  }

  private static Map<String, Value> shown(String sum, String mode, String owner, String link) {
    Map<String, Value> shown = new LinkedHashMap<>();
    if (link.isEmpty()) {
      shown.put("sha1", Value.text(sum));
      shown.put("mode", Value.text(mode));
    } else {
      shown.put("link", Value.text(link));
    }
    shown.put("owner", Value.text(owner));
    return shown;
  }

  /**
   * What goes into the container.
   *
   * @param source a file on the host; empty for a content
   * @param content the content
   * @param sum its SHA-1
   * @param mode its permissions
   * @param link where the link leads to that is sent instead; empty for none
   */
  private record Sent(String source, Payload content, String sum, int mode, String link) {}

  private static Sent file(Args want, Facts host) {
    String source = new HostPath(want.path().orElseThrow()).on(host);
    PathStatus there = host.get(new PathFact(source));
    if (there.self().link() && !want.localFollow()) {
      return new Sent(source, Payload.none(), "", 0777, there.target());
    }
    if (!there.followed().file()) {
      throw new Refusal(
          there.self().exists()
              ? source + " is no regular file, which is not supported"
              : "Cannot find local file " + source);
    }
    return new Sent(
        source,
        Payload.none(),
        host.get(new Checksum(source, "sha1")).orElse(""),
        want.permissions().orElse(there.followed().mode()),
        "");
  }

  private static Sent content(Args want) {
    byte[] bytes = bytes(want);
    return new Sent(
        "",
        want.contentIsB64() ? new Payload.Binary(bytes) : Payload.of(want.content().orElseThrow()),
        Sha1.of(bytes).hex(),
        want.permissions().orElseThrow(),
        "");
  }

  private static byte[] bytes(Args want) {
    String text = want.content().orElseThrow().reveal();
    try {
      return want.contentIsB64()
          ? Base64.getMimeDecoder().decode(text)
          : text.getBytes(StandardCharsets.UTF_8);
    } catch (IllegalArgumentException notBase64) {
      throw new Refusal("content is no Base64, as content_is_b64 says it is");
    }
  }

  /** Nine letters as {@code ls} and {@code tar} write them. */
  private static String written(int mode) {
    StringBuilder text = new StringBuilder();
    for (int who = 2; who >= 0; who--) {
      int bits = mode >> 3 * who & 7;
      boolean special = (mode >> 9 & 1 << who) != 0;
      char letter = who == 0 ? 't' : 's';
      text.append((bits & 4) != 0 ? 'r' : '-').append((bits & 2) != 0 ? 'w' : '-');
      text.append(
          special
              ? (bits & 1) != 0 ? letter : Character.toUpperCase(letter)
              : (bits & 1) != 0 ? 'x' : '-');
    }
    return text.toString();
  }
}

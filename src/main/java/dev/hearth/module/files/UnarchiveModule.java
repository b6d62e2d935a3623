package dev.hearth.module.files;

import dev.hearth.fact.Fact;
import dev.hearth.fact.Facts;
import dev.hearth.fact.GlobExists;
import dev.hearth.fact.HostPath;
import dev.hearth.fact.PathFact;
import dev.hearth.fact.PathInfo;
import dev.hearth.fact.PathStatus;
import dev.hearth.module.Arg;
import dev.hearth.module.ControllerFile;
import dev.hearth.module.ControllerTree;
import dev.hearth.module.Exclusive;
import dev.hearth.module.FileAttributes;
import dev.hearth.module.FileMode;
import dev.hearth.module.FromController;
import dev.hearth.module.Inline;
import dev.hearth.module.Module;
import dev.hearth.module.Origin;
import dev.hearth.module.Refusal;
import dev.hearth.module.Spec;
import dev.hearth.plan.Diff;
import dev.hearth.plan.Result;
import dev.hearth.plan.Step;
import dev.hearth.plan.Undo;
import dev.hearth.plan.Verdict;
import dev.hearth.shell.Outcome;
import dev.hearth.shell.Payload;
import dev.hearth.shell.Script;
import dev.hearth.value.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code ansible.builtin.unarchive}: what is in an archive goes into a directory. */
public final class UnarchiveModule implements Module<UnarchiveModule.Args> {

  /** The parameters. */
  @Exclusive({"include", "exclude"})
  @Exclusive({"copy", "remote_src"})
  public record Args(
      @Arg(doc = "The archive: of this machine, or with remote_src of the host or the web.")
          @FromController(
              value = FromController.Kind.FILE_OR_TREE,
              unless = "remote_src",
              unlessNot = "copy")
          Origin src,
      @Arg(doc = "The directory that its content goes into.") String dest,
      @Arg(doc = "Whether src is on the host or in the web.", defaultsTo = "false")
          boolean remoteSrc,
      @Arg(doc = "Whether src is of this machine: the opposite of remote_src, as an older name.")
          Optional<Boolean> copy,
      @Arg(doc = "Do nothing when this path exists.") Optional<String> creates,
      @Arg(doc = "Give back the names in the archive.", defaultsTo = "false") boolean listFiles,
      @Arg(doc = "Names or patterns that are left out.") List<String> exclude,
      @Arg(doc = "The only names that are taken.") List<String> include,
      @Arg(doc = "Do not replace newer files; refused.", defaultsTo = "false") boolean keepNewer,
      @Arg(doc = "Further options for tar or unzip.") List<String> extraOpts,
      @Arg(doc = "Whether the web server's certificate must be good.", defaultsTo = "true")
          boolean validateCerts,
      @Arg(doc = "Decrypt an encrypted archive.", defaultsTo = "true") boolean decrypt,
      @Arg(doc = "Kept for its name.", defaultsTo = "65536") int ioBufferSize,
      @Inline FileAttributes attributes) {}

  /** Deepest names first; a directory goes when it is empty by then. */
  private static final String REMOVE_ALL =
      """
      printf '%s\\n' "$@" | sort -r | while IFS= read -r p; do
        if [ -d "$p" ] && [ ! -L "$p" ]; then rmdir -- "$p" 2>/dev/null || :; else rm -f -- "$p"; fi
      done
      """;

  /**
   * Names and kinds are looked at before anything is unpacked, and where links end before anything
   * is moved out of the directory that nobody else can enter.
   */
  private static final String UNPACK =
      PathFact.DESCRIBE
          + TreeMove.FUNCTION
          + RedirectCheck.FUNCTION
          + """
          dest=$1 kind=$2 source=$3 owner=$4 group=$5 mode=$6 list=$7 insecure=$8
          excluded=$9
          shift 9
          usual=$(umask)
          umask 077
          work=$(mktemp -d "${dest%/}/.hearth.XXXXXX") || exit 1
          trap 'rm -rf -- "$work"' EXIT
          trap 'exit 130' HUP INT TERM
          dest=$(cd -P -- "$dest" && pwd) || exit 1
          cd -P -- "$work" || exit 1
          [ "$(stat -c '%u %a' .)" = "$(id -u) 700" ] || {
            echo "somebody else is changing $dest meanwhile" >&2
            exit 1
          }
          refuse() {
            echo "the archive is refused: $*" >&2
            exit 1
          }
          archive=./archive
          case $kind in
            sent) cat >"$archive" || exit 1 ;;
            host) archive=$source ;;
            web)
              if command -v curl >/dev/null 2>&1; then
                curl -q -fsSL ${insecure:+-k} --connect-timeout 30 -D headers -o "$archive" -- "$source" || exit 1
              elif command -v wget >/dev/null 2>&1 && [ -z "$insecure" ]; then
                wget -q -S -T 30 -t 1 -O "$archive" -- "$source" 2>headers || {
                  tail -n 1 headers >&2
                  echo "cannot get $source" >&2
                  exit 1
                }
              else
                echo "this needs curl on the host; install the package curl first" >&2
                exit 1
              fi
              if to=$(strayed "$source" headers "$insecure"); then
                refuse "its address redirects to another host without https, $to; use that address"
              fi
              ;;
          esac
          [ -s "$archive" ] || refuse "it is empty"
          mkdir new || exit 1
          case $(head -c 2 "$archive") in
            PK)
              command -v unzip >/dev/null 2>&1 || {
                echo "unzip is not on the host; install the package unzip first" >&2
                exit 1
              }
              handler=ZipArchive
              unzip -Z1 "$archive" >names 2>/dev/null ||
                unzip -l "$archive" | sed -n 's/^ *[0-9][0-9]*  *[-0-9]* [0-9:]*  *//p' >names ||
                refuse "unzip cannot read it"
              ;;
            *)
              command -v tar >/dev/null 2>&1 || {
                echo "tar is not on the host; install the package tar first" >&2
                exit 1
              }
              handler=TgzArchive
              # A tar that cannot tell how an archive is compressed gets it plain.
              if ! tar -tf "$archive" >names 2>/dev/null; then
                for tool in gzip bzip2 xz zstd; do
                  if "$tool" -dc <"$archive" >plain 2>/dev/null; then
                    archive=./plain
                    break
                  fi
                done
              fi
              LC_ALL=C.UTF-8 tar -tf "$archive" >names 2>complaints && tar -tvf "$archive" >details 2>/dev/null ||
                refuse "tar cannot read it"
              # Some tars leave such parts of names out silently in their lists.
              ! grep -qi 'removing leading' complaints || refuse "$(cat complaints)"
              ! grep -q '^[bcp]' details || refuse "it has a device: $(grep '^[bcp]' details | head -n 1)"
              ! grep -Eq '^-..[sS]|^-.....[sS]' details ||
                refuse "it has a set-user program: $(grep -E '^-..[sS]|^-.....[sS]' details | head -n 1)"
              outside=$(awk '
                {
                  line = $0
                  sub(/^[^ ]+ +[^ ]+ +[0-9,]+ +[^ ]+ +[^ ]+ /, "", line)
                  if (match(line, / -> /)) { name = substr(line, 1, RSTART - 1); to = substr(line, RSTART + 4); depth = -1 }
                  else if (match(line, / link to /)) { name = ""; to = substr(line, RSTART + 9); depth = 0 }
                  else next
                  n = split(name, part, "/")
                  for (i = 1; i <= n; i++) if (part[i] != "" && part[i] != ".") depth++
                  bad = (to ~ /^\\//)
                  n = split(to, part, "/")
                  for (i = 1; i <= n; i++) {
                    if (part[i] == "..") { if (--depth < 0) bad = 1 }
                    else if (part[i] != "" && part[i] != ".") depth++
                  }
                  if (bad) { print line; exit }
                }' details)
              [ -z "$outside" ] || refuse "a link leads out of it: $outside"
              ;;
          esac
          ! grep -Eq '^/|^[.][.]$|^[.][.]/|/[.][.]/|/[.][.]$' names ||
            refuse "it has a name that leads out of it: $(grep -E '^/|^[.][.]$|^[.][.]/|/[.][.]/|/[.][.]$' names | head -n 1)"
          if [ "$handler" = ZipArchive ]; then
            (umask "$usual" && cd new && case $archive in /*) ;; *) archive=../$archive ;; esac &&
              if [ -n "$excluded" ]; then
                printf '%s\\n' "$excluded" | tr '\\n' '\\0' | xargs -0 unzip -q -o "$archive" "$@" -x
              else
                unzip -q -o "$archive" "$@"
              fi) >&2 || exit 1
          else
            if [ -n "$excluded" ]; then
              tar --help 2>&1 | grep -q -e '--exclude' -e '-X' || {
                echo "the host's tar knows no exclude; install the package tar first" >&2
                exit 1
              }
              printf '%s\\n' "$excluded" >excluded
              set -- -X excluded "$@"
            fi
            tar -xpf "$archive" -C new "$@" >&2 || exit 1
          fi
          [ -z "$(find new -type f \\( -perm -4000 -o -perm -2000 \\))" ] || refuse "it has a set-user program"
          inside=$(cd -P new && pwd) || exit 1
          find new -type l >links
          while IFS= read -r link; do
            case $(readlink -f -- "$link") in
              "$inside"/* | "$inside") ;;
              *) refuse "a link leads out of it: ${link#new/}" ;;
            esac
          done <links
          cd new || exit 1
          if [ -n "$owner" ]; then
            chown -R -h "$owner${group:+:$group}" . || exit 1
          elif [ -n "$group" ]; then
            chgrp -R -h "$group" . || exit 1
          fi
          [ -z "$mode" ] || find . ! -name . ! -type l -exec chmod "$mode" {} + || exit 1
          find . ! -name . ! -type l -exec stat -c '%f %u %g %n' {} + >../properties
          find . -type f -exec sha1sum {} + >../sums
          find . -type l -exec sh -c 'for l; do printf "%s %s\\n" "$(readlink "$l")" "$l"; done' sh {} + >../ends
          same() {
            cd -- "$dest" || return
            find . -prune -type d >/dev/null || return
            if [ -s "$work/sums" ]; then
              sha1sum -c "$work/sums" >/dev/null 2>&1 || return
            fi
            while IFS= read -r line; do
              path=./${line#*./}
              [ ! -L "$path" ] || [ -d "$path" ] || return
              [ "$(stat -c '%f %u %g %n' -- "$path" 2>/dev/null)" = "$line" ] || return
            done <"$work/properties"
            while IFS= read -r line; do
              path=./${line##* ./}
              [ "$(readlink "$path") $path" = "$line" ] || return
            done <"$work/ends"
          }
          changed=no
          if ! (same); then
            changed=yes
            find . -type d ! -name . | while IFS= read -r path; do
              [ -d "$dest/$path" ] && [ ! -L "$dest/$path" ] || continue
              chown -h "$(stat -c %u:%g -- "$path")" "$dest/$path" 2>/dev/null
              chmod "0$(stat -c %a -- "$path")" "$dest/$path"
            done
            sync
            move "$dest" || exit 1
          fi
          printf '%s %s\\n' "$changed" "$handler"
          describe "$dest"
          [ -z "$list" ] || cat "$work/names"
          """;

  @Override
  public Spec<Args> spec() {
    return Spec.of(
        "ansible.builtin.unarchive",
        Args.class,
        "Unpacks an archive into a directory, after it has been looked through.");
  }

  @Override
  public List<Fact<?>> reads(Args want) {
    HostPath path = new HostPath(want.dest());
    List<Fact<?>> facts = new ArrayList<>();
    want.creates().ifPresent(name -> facts.add(new GlobExists("", name)));
    path.needs()
        .ifPresentOrElse(facts::add, () -> facts.add(new PathFact(HostPath.trimmed(want.dest()))));
    return facts;
  }

  @Override
  public Verdict plan(Args want, Facts host) {
    if (want.creates().isPresent() && host.get(new GlobExists("", want.creates().get()))) {
      return Verdict.satisfied(Result.skip("skipped, since '" + want.creates().get() + "' exists"));
    }
    if (want.keepNewer()) {
      throw new Refusal("keep_newer is not supported; use extra_opts in a command task with tar");
    }
    String dest = new HostPath(want.dest()).on(host);
    PathInfo there = host.get(new PathFact(dest)).followed();
    if (!there.directory()) {
      return Verdict.rejected("dest '" + dest + "' must be an existing dir");
    }
    String source;
    String kind;
    Payload payload = Payload.none();
    switch (want.src()) {
      case ControllerFile file -> {
        source = file.path();
        kind = "sent";
        payload = file.content();
      }
      case ControllerTree tree ->
          throw new Refusal(tree.path() + " is a directory, not an archive; copy it instead");
      case Origin.OnHost path -> {
        boolean web = path.path().matches("(?is)(https?|ftp)://.*");
        source = web ? path.path() : new HostPath(path.path()).on(host);
        kind = web ? "web" : "host";
        if (!web && !host.get(new PathFact(source)).followed().file()) {
          return Verdict.rejected("Source '" + source + "' does not exist");
        }
      }
    }
    return unpack(want, dest, source, kind, payload, there);
  }

  private static Verdict unpack(
      Args want, String dest, String source, String kind, Payload payload, PathInfo there) {
    List<String> words = new ArrayList<>();
    words.add(dest);
    words.add(kind);
    words.add(source);
    words.add(want.attributes().owner().orElse(""));
    words.add(want.attributes().group().orElse(""));
    words.add(want.attributes().mode().map(UnarchiveModule::mode).orElse(""));
    words.add(want.listFiles() ? "list" : "");
    words.add(want.validateCerts() ? "" : "insecure");
    words.add(String.join("\n", want.exclude()));
    words.addAll(want.extraOpts());
    words.addAll(want.include());
    Result base = Result.ok().with("src", source).with("dest", dest);
    Map<String, Value> after = new LinkedHashMap<>();
    after.put("path", Value.text(dest));
    after.put("unpacked from", Value.text(source));
    List<Diff> diffs = List.of(new Diff.Properties(Map.of("path", Value.text(dest)), after));
    List<Step> steps =
        List.of(
            Step.change(
                "unpack " + source + " into " + dest,
                Script.of(UNPACK, words.toArray(String[]::new)).reading(payload),
                new Undo.Appeared(
                    Script.of("[ ! -d \"$1\" ] || exec find \"$1\" -xdev\n", dest),
                    Script.of(REMOVE_ALL))));
    Verdict.Changes all = Verdict.changes(steps, diffs, PathResult.with(base, there).changed(true));
    return new Verdict.Changes(
        steps,
        diffs,
        all.predicted(),
        ends -> {
          Result failed = all.conclusion().of(ends);
          return failed.failed() ? failed : told(base, want.listFiles(), ends.getLast());
        },
        false);
  }

  /** Octal digits with a zero more, so that also a directory's set-group bit is cleared. */
  private static String mode(FileMode mode) {
    return mode.text().matches("[0-7]+")
        ? "0" + FileMode.show(mode.applyTo(0, false))
        : mode.text();
  }

  private static Result told(Result base, boolean list, Outcome.Exited end) {
    String[] lines = end.out().split("\n", 3);
    String[] said = lines[0].split(" ");
    Result result =
        PathResult.with(base.changed(said[0].equals("yes")), PathStatus.parse(lines[1]).followed())
            .with("handler", said[1]);
    if (!list) {
      return result;
    }
    List<Value> names = new ArrayList<>();
    lines[2].lines().forEach(name -> names.add(Value.text(name)));
    return result.with("files", new Value.Seq(names));
  }
}

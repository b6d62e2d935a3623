package dev.hearth.module.packages;

import dev.hearth.plan.Step;
import dev.hearth.plan.Undo;
import dev.hearth.shell.Script;
import dev.hearth.shell.Word;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The steps that apt-get and dpkg take, with an environment in which they never ask. */
final class AptSteps {

  private static final Map<String, Word> SILENT =
      Map.of(
          "DEBIAN_FRONTEND", Word.of("noninteractive"),
          "DEBIAN_PRIORITY", Word.of("critical"),
          "NEEDRESTART_MODE", Word.of("a"),
          "LANG", Word.of("C"),
          "LC_ALL", Word.of("C"));

  private static final String UPDATE =
      """
      end=$(($(date +%s) + $1)) try=1
      stamp=/var/lib/apt/periodic/update-success-stamp
      [ -e $stamp ] || stamp=/var/lib/apt/lists
      while :; do
        out=$(apt-get update -o APT::Update::Error-Mode=any -o "DPkg::Lock::Timeout=$1" 2>&1)
        code=$?
        case $code:$out in
          0:*) break ;;
          *'Could not get lock'* | *'Unable to lock'*)
            if [ "$(date +%s)" -lt "$end" ]; then
              sleep 2
              continue
            fi
            ;;
          *)
            if [ $try -lt "$2" ]; then
              pause=$((1 << (try - 1)))
              [ $pause -le "$3" ] || pause=$3
              try=$((try + 1))
              sleep "$pause"
              continue
            fi
            ;;
        esac
        printf '%s\\n' "$out" >&2
        if [ -n "$4" ]; then rm -f -- "$4"; fi
        exit 1
      done
      stat -c 'lists %Y' $stamp
      touch $stamp
      """;

  private static final String ACT =
      """
      policy=$1 f=/usr/sbin/policy-rc.d
      shift
      if [ -n "$policy" ]; then
        b=
        if [ -e $f ]; then
          b=$(mktemp $f.XXXXXX) && mv -f $f "$b" || exit
        fi
        trap 'if [ -n "$b" ]; then mv -f "$b" $f; else rm -f $f; fi' EXIT
        printf '#!/bin/sh\\nexit %s\\n' "$policy" >$f
        chmod 0755 $f
      fi
      apt-get -y "$@" </dev/null
      """;

  private AptSteps() {}

  /** Fetches the lists; waits for locks and tries again as the task says. */
  static Step update(Apt.Args want) {
    return update(
        want.lockTimeout(), want.updateCacheRetries(), want.updateCacheRetryMaxDelay(), "");
  }

  /**
   * Fetches the lists.
   *
   * @param remove a file to remove when that fails; empty for none
   */
  static Step update(int lockTimeout, int retries, int longestPause, String remove) {
    return Step.change(
        "fetch the lists of packages",
        Script.of(
                UPDATE,
                Integer.toString(lockTimeout),
                Integer.toString(retries),
                Integer.toString(longestPause),
                remove)
            .in(SILENT),
        Undo.refreshed());
  }

  /** Finishes what an interrupted dpkg left. */
  static Step finish() {
    return Step.change(
        "finish the interrupted dpkg",
        Script.of("exec dpkg --force-confdef --force-confold --configure -a </dev/null\n")
            .in(SILENT),
        new Undo.Nothing("it finishes what somebody else began"));
  }

  /** Makes packages ones that somebody asked for, so that nobody removes them as unneeded. */
  static Step mark(List<String> names) {
    return Step.change(
        "mark as wanted: " + String.join(" ", names),
        Script.of("exec apt-mark manual -- \"$@\" >/dev/null\n", names.toArray(String[]::new))
            .in(SILENT),
        new Undo.Run(
            "mark as unwanted: " + String.join(" ", names),
            Script.of("exec apt-mark auto -- \"$@\" >/dev/null\n", names.toArray(String[]::new))));
  }

  /**
   * Purged, Debian's Docker removes its volumes too, and its PostgreSQL the databases. Those are
   * data, and stay: a PostgreSQL that has clusters is removed and not purged. Where there are no
   * volumes, Docker's own files go.
   */
  private static final String PURGE =
      """
      settings() { dpkg-query -W -f '${db:Status-Abbrev}${binary:Package}\\n' | sed -n 's/^rc *//p'; }
      # Purged, it asks debconf whether its clusters shall go, and answers yes itself before.
      holds_data() {
        case $1 in
          postgresql-[0-9]*) [ -n "$(ls -A "/etc/postgresql/${1#postgresql-}" 2>/dev/null)" ] ;;
          *) return 1 ;;
        esac
      }
      before=" $(settings | tr '\\n' ' ') "
      apt-get -y remove -- "$@" </dev/null || exit
      if [ -n "$(find /var/lib/docker/volumes -mindepth 1 -maxdepth 1 -type d 2>/dev/null)" ]; then
        rm -f /var/lib/docker/nuke-graph-directory.sh
      fi
      for package do
        shift
        holds_data "${package%%:*}" || set -- "$@" "${package%:all}"
      done
      # What needs one of them went with it, and its settings go as well.
      for package in $(settings); do
        case $before in
          *" $package "*) ;;
          *) holds_data "${package%%:*}" || set -- "$@" "$package" ;;
        esac
      done
      [ $# -gt 0 ] || exit 0
      exec dpkg --purge -- "$@" </dev/null
      """;

  /**
   * What an installation brings besides the packages that were asked for is known afterwards only;
   * configuration files go with the packages, since they were not there before.
   */
  static Undo installed() {
    return new Undo.Appeared(
        Script.of(
            "exec dpkg-query -W -f '${db:Status-Abbrev}${Package}:${Architecture}\\n"
                + "' | sed -n 's/^ii *//p'\n"),
        Script.of(PURGE).in(SILENT));
  }

  /** Installs removed packages again, in the versions that there are by then. */
  static Undo again(List<String> names) {
    return new Undo.Run(
        "install " + String.join(" ", names),
        Script.of("exec apt-get -y install -- \"$@\" </dev/null\n", names.toArray(String[]::new))
            .in(SILENT));
  }

  /** One run of apt-get. */
  static Step run(
      String what, Apt.Args want, List<String> options, List<String> packages, Undo undo) {
    List<String> words = new ArrayList<>();
    words.add(want.policyRcD().map(Object::toString).orElse(""));
    words.addAll(options);
    words.addAll(packages);
    return Step.change(what, Script.of(ACT, words.toArray(String[]::new)).in(SILENT), undo);
  }
}

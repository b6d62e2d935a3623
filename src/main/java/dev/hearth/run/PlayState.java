package dev.hearth.run;

import dev.hearth.diag.ExitCode;
import dev.hearth.playbook.Handler;
import dev.hearth.playbook.Play;
import dev.hearth.playbook.RoleInstance;
import dev.hearth.value.Located;
import dev.hearth.vars.Variable;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What changes while a play goes over one batch of hosts: who is still in, which handlers wait,
 * which roles have run. Used by the play's own thread; tasks read what they need beforehand.
 */
final class PlayState {

  private final Play play;
  private final String name;
  private final List<String> allHosts;
  private final List<String> healthy;
  private final List<String> batch;
  private final Set<String> failed = new LinkedHashSet<>();
  private final Set<String> unreachable = new LinkedHashSet<>();
  private final Set<String> ended = new LinkedHashSet<>();
  private final Map<Handler, Set<String>> waiting = new LinkedHashMap<>();
  private final Map<String, Set<Located>> notifications = new LinkedHashMap<>();
  private final List<Handler> handlers;
  private final List<RoleInstance> roles;
  private final List<RoleInstance> included = new ArrayList<>();
  private final Map<String, Variable> promptedAndFiles;
  private final Map<String, ExitCode> reasons = new LinkedHashMap<>();
  private final RoleProgress progress = new RoleProgress();

  /** Hosts that failed for good, known before the sections they fail in are left. */
  private final Set<String> failing = new LinkedHashSet<>();

  /** Hosts that failed and have nothing left to run. */
  private final Set<String> lost = new LinkedHashSet<>();

  /** Hosts that another one's failure fails, wherever they are. */
  private final Set<String> struck = new LinkedHashSet<>();

  /** Hosts that have left the play; they are not told among its hosts any more. */
  private final Set<String> gone = new LinkedHashSet<>();

  private boolean cleared;
  private boolean over;
  private boolean givenUp;
  private final Set<String> flushing = new LinkedHashSet<>();

  /**
   * @param allHosts all that the play names, those that were lost earlier too
   * @param healthy those of them that were not lost before this batch
   */
  PlayState(
      Play play,
      String name,
      List<String> allHosts,
      List<String> healthy,
      List<String> batch,
      Map<String, Variable> promptedVars) {
    this.play = play;
    this.name = name;
    this.allHosts = List.copyOf(allHosts);
    this.healthy = List.copyOf(healthy);
    this.batch = List.copyOf(batch);
    this.handlers = new ArrayList<>(play.handlers());
    this.roles = new ArrayList<>(play.roles());
    this.promptedAndFiles = promptedVars;
  }

  Play play() {
    return play;
  }

  String name() {
    return name;
  }

  List<String> allHosts() {
    return allHosts;
  }

  List<String> batch() {
    return batch;
  }

  Map<String, Variable> prompted() {
    return promptedAndFiles;
  }

  /** Hosts of the batch that still take part. */
  List<String> active() {
    return batch.stream().filter(this::takesPart).toList();
  }

  boolean takesPart(String host) {
    return !over && !failed.contains(host) && !unreachable.contains(host) && !ended.contains(host);
  }

  /**
   * Hosts of the play that have not left it, as {@code ansible_play_hosts} tells: one that fails
   * has at once, unless a rescue takes it up.
   */
  List<String> present() {
    return healthy.stream().filter(host -> !gone.contains(host)).toList();
  }

  /** Those of the batch, as {@code ansible_play_batch} tells. */
  List<String> presentInBatch() {
    return batch.stream().filter(host -> !gone.contains(host)).toList();
  }

  Set<String> failed() {
    return failed;
  }

  Set<String> unreachable() {
    return unreachable;
  }

  /** A host is out of the play, if it has not ended in peace before. */
  void fail(String host) {
    if (!ended.contains(host)) {
      failed.add(host);
      gone.add(host);
    }
  }

  /** Hosts failed and nothing around will rescue them. */
  void failing(Collection<String> hosts) {
    failing.addAll(hosts);
    gone.addAll(hosts);
  }

  /** Hosts failed and have nothing left to run, not even an {@code always} or a forced handler. */
  void lostToPlay(Collection<String> hosts) {
    lost.addAll(hosts);
  }

  /** The hosts that {@code max_fail_percentage} counts. */
  Set<String> lost() {
    return lost;
  }

  /** Too many hosts of the batch are lost: all fail, and nothing runs on them any more. */
  void giveUp() {
    batch.forEach(this::fail);
    givenUp = true;
  }

  boolean givenUp() {
    return givenUp;
  }

  /** The other hosts of the batch fail with this one, at the place where each of them is. */
  void strikeOthers(String host) {
    active().stream().filter(other -> !other.equals(host)).forEach(this::strike);
  }

  /** A host fails at the place to which it comes next. */
  void strike(String host) {
    struck.add(host);
  }

  /** Those of these hosts that fail where they are now. */
  Set<String> takeStruck(Collection<String> hosts) {
    Set<String> now = new LinkedHashSet<>(hosts);
    now.retainAll(struck);
    struck.removeAll(now);
    return now;
  }

  void lose(String host) {
    unreachable.add(host);
    gone.add(host);
  }

  /** Remembers which exit code fits a host's latest failure. */
  void blame(String host, ExitCode reason) {
    reasons.put(host, reason);
  }

  /** The exit code that fits why the host is out. */
  ExitCode reason(String host) {
    return reasons.getOrDefault(host, ExitCode.HOSTS_FAILED);
  }

  /**
   * Forgets failures ({@code meta: clear_host_errors}): hosts that were lost take part again; those
   * that failed are done with this play, but take part in the next one.
   */
  void clearErrors() {
    ended.addAll(failed);
    ended.addAll(failing);
    failed.clear();
    failing.clear();
    lost.clear();
    unreachable.clear();
    cleared = true;
  }

  /** Whether failures were forgotten, those of earlier plays too. */
  boolean cleared() {
    return cleared;
  }

  /** How far hosts are in the roles. */
  RoleProgress progress() {
    return progress;
  }

  /** The play is over for hosts ({@code meta: end_host}). */
  void leave(Collection<String> hosts) {
    ended.addAll(hosts);
    gone.addAll(hosts);
  }

  /** The batch is over. */
  void endBatch() {
    ended.addAll(batch);
  }

  void endPlay() {
    over = true;
  }

  boolean over() {
    return over;
  }

  List<Handler> handlers() {
    return List.copyOf(handlers);
  }

  List<RoleInstance> roles() {
    return List.copyOf(roles);
  }

  /**
   * The roles that the play or a task names, not those that are only needed by others: one entry
   * for each time.
   */
  List<RoleInstance> namedRoles() {
    List<RoleInstance> named = new ArrayList<>();
    roles.stream().filter(PlayState::isNamed).forEach(named::add);
    named.addAll(included);
    return named;
  }

  private static boolean isNamed(RoleInstance role) {
    return role.included() || role.parents().isEmpty();
  }

  /** Takes note of roles that were included while the play runs. */
  void nameRoles(List<RoleInstance> more) {
    more.stream().filter(PlayState::isNamed).forEach(included::add);
  }

  void addHandlers(List<Handler> more) {
    more.stream().filter(handler -> !handlers.contains(handler)).forEach(handlers::add);
  }

  void addRoles(List<RoleInstance> more) {
    more.stream().filter(role -> !roles.contains(role)).forEach(roles::add);
  }

  /** Somebody notified these names or topics for a host; who answers is known at the flush. */
  void remember(String host, Collection<Located> names) {
    notifications.computeIfAbsent(host, key -> new LinkedHashSet<>()).addAll(names);
  }

  /** What was notified for a host since the last flush, taken off the list. */
  List<Located> takeNotifications(String host) {
    Set<Located> names = notifications.remove(host);
    return names == null ? List.of() : List.copyOf(names);
  }

  /** Whether handlers run on a host now, which notify others at once. */
  boolean flushing(String host) {
    return flushing.contains(host);
  }

  /** Handlers begin or end to run. */
  void flushing(Collection<String> hosts, boolean now) {
    if (now) {
      flushing.addAll(hosts);
    } else {
      flushing.removeAll(hosts);
    }
  }

  void notify(Handler handler, String host) {
    waiting.computeIfAbsent(handler, key -> new LinkedHashSet<>()).add(host);
  }

  /** Whether a handler waits to run on a host. */
  boolean isNotified(Handler handler, String host) {
    return waiting.getOrDefault(handler, Set.of()).contains(host);
  }

  /** The hosts that a handler waits to run on, taken off the list. */
  Set<String> takeNotified(Handler handler) {
    Set<String> hosts = waiting.remove(handler);
    return hosts == null ? Set.of() : hosts;
  }

  /** Variables of the play itself. */
  Map<String, Located> vars() {
    return play.vars();
  }
}

package dev.hearth.ssh;

import dev.hearth.diag.Diagnostic;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.common.AttributeRepository;
import org.jspecify.annotations.Nullable;

/**
 * One attempt to connect: what MINA's callbacks need to know and what they found out. It travels
 * with the session as its connection context, because the first callback comes while the session is
 * being constructed.
 */
final class Attempt {

  static final AttributeRepository.AttributeKey<Attempt> KEY =
      new AttributeRepository.AttributeKey<>();

  private final SshSettings settings;
  private final KnownHosts knownHosts;
  private final Farewell farewell = new Farewell();
  private final List<String> tried = new ArrayList<>();
  private @Nullable Diagnostic finding;
  private final List<String> onlyShow;
  private @Nullable HostKey shown;
  private volatile boolean dropped;

  private Attempt(SshSettings settings, KnownHosts knownHosts, List<String> onlyShow) {
    this.settings = settings;
    this.knownHosts = knownHosts;
    this.onlyShow = List.copyOf(onlyShow);
  }

  /** To log in. */
  static Attempt toLogIn(SshSettings settings, KnownHosts knownHosts) {
    return new Attempt(settings, knownHosts, List.of());
  }

  /** Only to see the host's key of one of these types; the connection is given up then. */
  static Attempt toSee(SshSettings settings, List<String> types) {
    return new Attempt(settings, KnownHosts.read(List.of()), types);
  }

  /** The types of keys to look at; empty for an attempt to log in. */
  List<String> onlyShow() {
    return onlyShow;
  }

  SshSettings settings() {
    return settings;
  }

  KnownHosts knownHosts() {
    return knownHosts;
  }

  /** Hears why the session ends. */
  Farewell farewell() {
    return farewell;
  }

  /**
   * The attempt that a session belongs to; null for a session that this package did not ask for.
   */
  static @Nullable Attempt of(ClientSession session) {
    AttributeRepository context = session.getConnectionContext();
    return context == null ? null : context.getAttribute(KEY);
  }

  AttributeRepository context() {
    return AttributeRepository.ofKeyValuePair(KEY, this);
  }

  /** Notes that the connection was closed before the host had said anything at all. */
  void droppedAtTheDoor() {
    dropped = true;
  }

  /** Whether the connection was closed before the host had said anything at all. */
  boolean dropped() {
    return dropped;
  }

  /** Notes why the host is not trusted. */
  synchronized void refuse(Diagnostic why) {
    finding = why;
  }

  synchronized Optional<Diagnostic> finding() {
    return Optional.ofNullable(finding);
  }

  /**
   * Notes the host's key: one to be pinned once the login has succeeded, or the one that was to be
   * seen.
   */
  synchronized void show(HostKey key) {
    shown = key;
  }

  synchronized Optional<HostKey> shown() {
    return Optional.ofNullable(shown);
  }

  /** Notes a way to log in that was or could not be tried. */
  synchronized void tried(String what) {
    if (!tried.contains(what)) {
      tried.add(what);
    }
  }

  synchronized List<String> tried() {
    return List.copyOf(tried);
  }
}

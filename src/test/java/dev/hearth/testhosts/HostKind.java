package dev.hearth.testhosts;

/**
 * A kind of host that tests start.
 *
 * @param image the image's name
 * @param ready a command that succeeds once one can log in
 */
record HostKind(String image, String ready) {

  /** busybox for every program, OpenRC, OpenSSH. */
  static final HostKind ALPINE_LIKE = new HostKind("hearth-alpine-like", "rc-service sshd status");

  /** Debian of that release, with systemd. */
  static HostKind debian(int release) {
    return new HostKind(
        "hearth-test-host:" + release,
        "test -S /run/systemd/private && systemctl is-system-running --wait &&"
            + " systemctl is-active ssh");
  }
}

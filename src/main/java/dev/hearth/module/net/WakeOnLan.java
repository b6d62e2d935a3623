package dev.hearth.module.net;

import dev.hearth.fact.Facts;
import dev.hearth.module.Arg;
import dev.hearth.module.Module;
import dev.hearth.module.Refusal;
import dev.hearth.module.Spec;
import dev.hearth.plan.Result;
import dev.hearth.plan.Step;
import dev.hearth.plan.Undo;
import dev.hearth.plan.Verdict;
import dev.hearth.shell.Payload;
import dev.hearth.shell.Script;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/** {@code community.general.wakeonlan}: the packet that wakes a machine, sent by the host. */
public final class WakeOnLan implements Module<WakeOnLan.Args> {

  /** No shell can send such a packet by itself, so any program that can will do. */
  private static final String SEND =
      """
      if command -v socat >/dev/null; then
        exec socat -u - "UDP4-DATAGRAM:$1:$2,broadcast"
      elif command -v perl >/dev/null; then
        exec perl -MSocket -e '
          socket(my $s, PF_INET, SOCK_DGRAM, getprotobyname("udp")) or die "$!\\n";
          setsockopt($s, SOL_SOCKET, SO_BROADCAST, 1) or die "$!\\n";
          local $/; my $packet = <STDIN>;
          my $to = inet_aton($ARGV[0]) or die "unknown address $ARGV[0]\\n";
          send($s, $packet, 0, sockaddr_in($ARGV[1], $to)) or die "$!\\n";' "$1" "$2"
      elif command -v python3 >/dev/null; then
        exec python3 -c '
      import socket, sys
      s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
      s.setsockopt(socket.SOL_SOCKET, socket.SO_BROADCAST, 1)
      s.sendto(sys.stdin.buffer.read(), (sys.argv[1], int(sys.argv[2])))' "$1" "$2"
      fi
      echo "the host has neither socat nor perl nor python3 to send the packet; install socat" >&2
      exit 127
      """;

  private static final int REPEATED = 20;

  /** The parameters. */
  public record Args(
      @Arg(doc = "The machine's address, twelve digits with or without separators.") String mac,
      @Arg(doc = "The address that all machines hear.", defaultsTo = "255.255.255.255")
          String broadcast,
      @Arg(doc = "The port.", defaultsTo = "7") int port) {}

  @Override
  public Spec<Args> spec() {
    return Spec.of(
        "community.general.wakeonlan",
        Args.class,
        "Sends the packet that wakes a machine; a change each time.");
  }

  @Override
  public Verdict plan(Args want, Facts host) {
    String mac =
        want.mac().length() == 17 ? want.mac().replace(want.mac().substring(2, 3), "") : want.mac();
    if (mac.length() != 12) {
      throw new Refusal("Incorrect MAC address length: " + want.mac());
    }
    if (!mac.matches("[0-9A-Fa-f]{12}")) {
      throw new Refusal("Incorrect MAC address format: " + want.mac());
    }
    byte[] address = HexFormat.of().parseHex(mac);
    byte[] packet = new byte[address.length * (REPEATED + 1)];
    Arrays.fill(packet, 0, address.length, (byte) 0xff);
    for (int i = 1; i <= REPEATED; i++) {
      System.arraycopy(address, 0, packet, i * address.length, address.length);
    }
    return Verdict.changes(
        List.of(
            Step.change(
                "wake " + want.mac(),
                Script.of(SEND, want.broadcast(), Integer.toString(want.port()))
                    .reading(new Payload.Binary(packet)),
                Undo.momentary())),
        List.of(),
        Result.changedNow());
  }
}

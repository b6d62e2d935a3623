package dev.hearth.ssh;

import dev.hearth.diag.Diagnostic;
import dev.hearth.diag.ExitCode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * The host keys that somebody pinned, from files in OpenSSH's form: plain, hashed and {@code
 * [name]:port} names, patterns, {@code @revoked}. A line of {@code @cert-authority} trusts nobody
 * here: certificates of hosts are never asked for.
 */
final class KnownHosts {

  /** The port that names need not carry. */
  static final int DEFAULT_PORT = 22;

  /** What is known about a key that a host shows. */
  sealed interface Knowledge {
    /** It is pinned. */
    record Known() implements Knowledge {}

    /** Nothing is pinned for the host. */
    record Unknown() implements Knowledge {}

    /** Other keys are pinned, but not this one; the places are {@code file:line key}. */
    record Changed(List<String> pinned) implements Knowledge {}

    /** Somebody marked the key as no longer to be trusted. */
    record Revoked(String place) implements Knowledge {}
  }

  private final List<Path> files;
  private final List<KnownHostsLine> lines;

  private KnownHosts(List<Path> files, List<KnownHostsLine> lines) {
    this.files = List.copyOf(files);
    this.lines = List.copyOf(lines);
  }

  /**
   * Reads those of the files that exist.
   *
   * @throws dev.hearth.diag.HearthException when one exists and cannot be read
   */
  static KnownHosts read(List<Path> files) {
    List<KnownHostsLine> lines = new ArrayList<>();
    for (Path file : files) {
      if (Files.isRegularFile(file)) {
        lines.addAll(read(file));
      }
    }
    return new KnownHosts(files, lines);
  }

  private static List<KnownHostsLine> read(Path file) {
    try {
      List<String> texts = Files.readAllLines(file, StandardCharsets.ISO_8859_1);
      List<KnownHostsLine> lines = new ArrayList<>();
      for (int i = 0; i < texts.size(); i++) {
        KnownHostsLine.parse(texts.get(i), file + ":" + (i + 1)).ifPresent(lines::add);
      }
      return lines;
    } catch (IOException failure) {
      throw Diagnostic.error(ExitCode.HOST_KEY, "the known hosts in " + file + " cannot be read")
          .because(String.valueOf(failure.getMessage()))
          .next("make the file readable for you, or name another one")
          .failure();
    }
  }

  /** The files that were asked for, whether they exist or not. */
  List<Path> files() {
    return files;
  }

  /** What is known about a key that a host shows; the name is one of {@link #name}. */
  Knowledge about(String name, HostKey key) {
    List<KnownHostsLine> about = about(name).toList();
    List<KnownHostsLine> same = about.stream().filter(line -> line.key().equals(key)).toList();
    for (KnownHostsLine line : same) {
      if (line.mark() == KnownHostsLine.Mark.REVOKED) {
        return new Knowledge.Revoked(line.place());
      }
    }
    if (same.stream().anyMatch(line -> line.mark() == KnownHostsLine.Mark.NONE)) {
      return new Knowledge.Known();
    }
    List<String> pinned =
        about.stream()
            .filter(line -> line.mark() == KnownHostsLine.Mark.NONE)
            .map(line -> line.place() + " " + line.key())
            .toList();
    return pinned.isEmpty() ? new Knowledge.Unknown() : new Knowledge.Changed(pinned);
  }

  /** The types of the keys that are pinned for a host, in their order. */
  List<String> types(String name) {
    return about(name)
        .filter(line -> line.mark() == KnownHostsLine.Mark.NONE)
        .map(line -> line.key().type())
        .distinct()
        .toList();
  }

  private Stream<KnownHostsLine> about(String name) {
    return lines.stream().filter(line -> line.names(name));
  }

  /** A host as known_hosts names it: the port is written when it is not the usual one. */
  static String name(String host, int port) {
    return port == DEFAULT_PORT ? host : "[" + host + "]:" + port;
  }

  /** The files that OpenSSH reads for a user. */
  static List<Path> ofUser(Path home) {
    return Arrays.asList(home.resolve(".ssh/known_hosts"), home.resolve(".ssh/known_hosts2"));
  }
}

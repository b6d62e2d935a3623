package dev.hearth.run;

import dev.hearth.fact.Checksum;
import dev.hearth.fact.HostPath;
import dev.hearth.fact.PathFact;
import dev.hearth.plan.Result;
import dev.hearth.shell.Outcome;
import dev.hearth.shell.Script;
import dev.hearth.value.Value;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Objects;
import java.util.Optional;

/**
 * {@code ansible.builtin.fetch}: a file of a host comes to this machine. It is written beside its
 * place, checked and renamed, and never read whole into memory.
 */
final class Fetching {

  static final String ACTION = "ansible.builtin.fetch";

  private static final int PART = 8 * 1024 * 1024;

  private static final String LOOK =
      PathFact.DESCRIBE
          + Checksum.FUNCTION
          + """
          case $1 in
            '~') set -- "$HOME" ;;
            '~/'*) set -- "$HOME/${1#'~/'}" ;;
          esac
          printf '%s\\n' "$1"
          if [ -d "$1" ]; then echo directory; exit 0; fi
          if ! [ -e "$1" ]; then echo absent; exit 0; fi
          if ! [ -r "$1" ]; then echo unreadable; exit 0; fi
          sum=$(checksum sha1 "$1") || exit
          stat -L -c "$sum %s" -- "$1"
          """;

  private static final String READ =
      """
      exec tail -c "+$2" -- "$1" | head -c "$3"
      """;

  private final HostWork work;
  private final Given given;
  private final String host;
  private final Path base;

  /**
   * @param host whose name the file's directory bears
   * @param base what a relative destination is relative to
   */
  Fetching(HostWork work, Given given, String host, Path base) {
    this.work = work;
    this.given = given;
    this.host = host;
    this.base = base;
  }

  Result run(boolean check) {
    String src = given.text("src").orElse("");
    String dest = given.text("dest").orElse("");
    if (src.isEmpty() || dest.isEmpty()) {
      return Result.failure("src and dest are required");
    }
    return work.inSession(
        session -> {
          try {
            return fetched(session, src, dest, check);
          } catch (IOException failed) {
            return Result.failure("cannot write on this machine: " + failed);
          }
        });
  }

  private Result fetched(Session session, String src, String dest, boolean check)
      throws IOException {
    Outcome.Exited look = exited(session, Script.of(LOOK, src));
    String[] lines = look.out().split("\n", -1);
    if (!look.ok() || lines.length < 2) {
      return Result.failure("cannot look at " + src + ": " + look.err().strip());
    }
    String source = lines[0];
    String problem =
        switch (lines[1]) {
          case "directory" -> "remote file is a directory, fetch cannot work on directories";
          case "absent" -> "the remote file does not exist, not transferring";
          case "unreadable" -> "file is not readable: " + source;
          default -> "";
        };
    if (!problem.isEmpty()) {
      boolean fails = given.flag("fail_on_missing", true);
      boolean absent = lines[1].equals("absent");
      Result result =
          Result.ok().failed(fails).with("msg", problem + (fails && !absent ? "" : ", ignored"));
      return fails && absent ? result : result.with("file", source);
    }
    String[] words = lines[1].split(" ");
    Optional<Path> place = destination(source, dest);
    if (place.isEmpty()) {
      return Result.failure(
          "Detected directory traversal: " + source + " would be written outside of " + dest);
    }
    Path path = place.get();
    if (Files.isDirectory(path)) {
      return Result.failure(
          "dest " + path + " is an existing directory; end it with a slash to fetch into it");
    }
    if (Files.exists(path) && hex("SHA-1", path).equals(words[0])) {
      return Result.ok()
          .with("checksum", words[0])
          .with("dest", path.toString())
          .with("file", source)
          .with("md5sum", hex("MD5", path));
    }
    if (!check) {
      Optional<String> damage = copy(session, source, Long.parseLong(words[1]), words[0], path);
      if (damage.isPresent()) {
        return Result.failure(damage.get()).with("file", source).with("dest", path.toString());
      }
    }
    return Result.changedNow()
        .with("checksum", words[0])
        .with("dest", path.toString())
        .with("md5sum", check ? Value.NULL : Value.text(hex("MD5", path)))
        .with("remote_checksum", words[0])
        .with("remote_md5sum", Value.NULL);
  }

  /** Where it goes; nothing when the host's path leads out of there. */
  private Optional<Path> destination(String source, String dest) {
    Path root = base.resolve(work.expanded(dest)).normalize();
    if (given.flag("flat", false)) {
      return Optional.of(dest.endsWith("/") ? root.resolve(HostPath.name(source)) : root);
    }
    Path own = root.resolve(host);
    Path path = own.resolve(source.replaceFirst("^/+", "")).normalize();
    return path.startsWith(own) && !path.equals(own) ? Optional.of(path) : Optional.empty();
  }

  /** Brings the content; what went wrong with it. */
  private Optional<String> copy(Session session, String source, long size, String sha1, Path path)
      throws IOException {
    Path directory = Objects.requireNonNull(path.getParent());
    Files.createDirectories(directory);
    Path temporary = Files.createTempFile(directory, ".hearth.", ".part");
    try {
      try (OutputStream out = Files.newOutputStream(temporary)) {
        for (long at = 0; at < size; at += PART) {
          Outcome.Exited part =
              exited(
                  session, Script.of(READ, source, Long.toString(at + 1), Integer.toString(PART)));
          if (!part.ok()) {
            return Optional.of("cannot read " + source + ": " + part.err().strip());
          }
          out.write(part.stdout());
        }
      }
      if (given.flag("validate_checksum", true) && !hex("SHA-1", temporary).equals(sha1)) {
        return Optional.of("checksum mismatch");
      }
      if (Files.exists(path)) {
        Files.setPosixFilePermissions(temporary, Files.getPosixFilePermissions(path));
      } else {
        Files.setPosixFilePermissions(temporary, PosixFilePermissions.fromString("rw-r--r--"));
      }
      Files.move(temporary, path, StandardCopyOption.ATOMIC_MOVE);
      return Optional.empty();
    } finally {
      Files.deleteIfExists(temporary);
    }
  }

  private static String hex(String algorithm, Path file) throws IOException {
    try {
      MessageDigest digest = MessageDigest.getInstance(algorithm);
      try (InputStream in = Files.newInputStream(file)) {
        byte[] buffer = new byte[64 * 1024];
        for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
          digest.update(buffer, 0, read);
        }
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException never) {
      throw new IllegalStateException(never);
    }
  }

  private static Outcome.Exited exited(Session session, Script script) {
    return switch (session.run(script)) {
      case Outcome.Exited exited -> exited;
      case Outcome.TimedOut late ->
          Outcome.Exited.of(
              124, "", "it took longer than " + late.after().toSeconds() + " seconds");
      case Outcome.ChannelLost lost -> throw HostFacts.lost(session.host(), lost);
    };
  }
}

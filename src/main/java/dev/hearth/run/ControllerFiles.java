package dev.hearth.run;

import dev.hearth.diag.Diagnostic;
import dev.hearth.diag.ExitCode;
import dev.hearth.diag.HearthException;
import dev.hearth.diag.Location;
import dev.hearth.diag.Source;
import dev.hearth.module.Contents;
import dev.hearth.module.Controller;
import dev.hearth.module.ControllerFile;
import dev.hearth.module.ControllerListing;
import dev.hearth.module.ControllerTree;
import dev.hearth.module.Origin;
import dev.hearth.module.Sha1;
import dev.hearth.shell.Payload;
import dev.hearth.template.Scope;
import dev.hearth.value.Value;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermission;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * The files of this machine that a task names: found on its search path, decrypted, rendered,
 * looked at.
 */
final class ControllerFiles implements Controller {

  private static final int LONGEST_HEADER = 16;

  private final Services services;
  private final Scope scope;

  ControllerFiles(Services services, Scope scope) {
    this.services = services;
    this.scope = scope;
  }

  @Override
  public ControllerFile file(String name, boolean decrypts, Location at) {
    return read(name, find("files", name, at), decrypts, at);
  }

  @Override
  public Origin fileOrTree(String name, boolean decrypts, Location at) {
    Path path = find("files", name, at);
    return Files.isDirectory(path)
        ? tree(name, path, decrypts, at)
        : read(name, path, decrypts, at);
  }

  @Override
  public ControllerListing listing(String name, boolean follows, Location at) {
    Path root = find("files", name, at);
    List<ControllerListing.Entry> entries = new ArrayList<>();
    FileVisitOption[] walking =
        follows ? new FileVisitOption[] {FileVisitOption.FOLLOW_LINKS} : new FileVisitOption[0];
    try (Stream<Path> below = Files.walk(root, walking)) {
      for (Path path : below.sorted().toList()) {
        entry(root, path, follows || path.equals(root), at).ifPresent(entries::add);
      }
    } catch (IOException | UncheckedIOException unreadable) {
      throw unreadable(
          root,
          at,
          unreadable instanceof IOException reason ? reason : new IOException(unreadable));
    }
    if (entries.isEmpty()) {
      throw unreadable(root, at, new IOException("it is no file and no directory"));
    }
    return new ControllerListing(name, root.toString(), entries);
  }

  /** What the user names may be a link; what is below it is told as it is, unless he says so. */
  private static Optional<ControllerListing.Entry> entry(
      Path root, Path path, boolean follow, Location at) throws IOException {
    LinkOption[] links = follow ? new LinkOption[0] : new LinkOption[] {LinkOption.NOFOLLOW_LINKS};
    Map<String, Object> all = Files.readAttributes(path, "unix:*", links);
    ControllerListing.Kind kind =
        Boolean.TRUE.equals(all.get("isDirectory"))
            ? ControllerListing.Kind.DIRECTORY
            : Boolean.TRUE.equals(all.get("isRegularFile"))
                ? ControllerListing.Kind.FILE
                : ControllerListing.Kind.LINK;
    if (kind == ControllerListing.Kind.LINK && !Boolean.TRUE.equals(all.get("isSymbolicLink"))) {
      return Optional.empty();
    }
    boolean file = kind == ControllerListing.Kind.FILE;
    return Optional.of(
        new ControllerListing.Entry(
            path.equals(root)
                ? file ? String.valueOf(root.getFileName()) : ""
                : root.relativize(path).toString(),
            kind,
            number(all, "mode") & 07777,
            new ControllerListing.Account(String.valueOf(all.get("owner")), number(all, "uid")),
            new ControllerListing.Account(String.valueOf(all.get("group")), number(all, "gid")),
            ((FileTime) Objects.requireNonNull(all.get("lastModifiedTime"))).to(TimeUnit.SECONDS),
            kind == ControllerListing.Kind.LINK ? Files.readSymbolicLink(path).toString() : "",
            file ? new Payload.LocalFile(path, Files.size(path)) : Payload.none(),
            file ? () -> sha1(path, at) : () -> ""));
  }

  private static int number(Map<String, Object> attributes, String name) {
    return attributes.get(name) instanceof Integer number ? number : 0;
  }

  @Override
  public Contents.Here contents(String name, boolean decrypts, Location at) {
    Path root = find("files", name, at);
    Map<String, String> contents = new TreeMap<>();
    boolean secret = false;
    try (Stream<Path> inside = Files.list(root)) {
      for (Path path : inside.filter(Files::isRegularFile).toList()) {
        boolean opens = decrypts && vaulted(path);
        secret |= opens;
        byte[] bytes = opens ? services.files().decrypted(path) : Files.readAllBytes(path);
        contents.put(path.getFileName().toString(), new String(bytes, StandardCharsets.ISO_8859_1));
      }
    } catch (IOException | UncheckedIOException unreadable) {
      throw unreadable(
          root,
          at,
          unreadable instanceof IOException reason ? reason : new IOException(unreadable));
    }
    return new Contents.Here(root.toString(), contents, secret);
  }

  @Override
  public ControllerFile rendered(String name, Map<String, Value> options, Location at) {
    Path path = find("templates", name, at);
    Source source = services.files().open(path);
    TemplateParameters parameters = new TemplateParameters(options, at);
    Value.Textual text =
        services
            .templar()
            .renderFile(
                source,
                source.secret(),
                parameters.options(),
                scope.with(parameters.variables(path, options, managed())));
    return new ControllerFile(
        name,
        path.toString(),
        Payload.of(text),
        Sha1.of(text.reveal().getBytes(StandardCharsets.UTF_8)),
        mode(path));
  }

  private Optional<String> managed() {
    return scope.find("ansible_managed") == null
        ? Optional.of(services.invocation().managed())
        : Optional.empty();
  }

  private Path find(String kind, String name, Location at) {
    return scope
        .searchPath()
        .find(kind, expanded(name))
        .orElseThrow(
            () -> {
              List<String> places =
                  scope.searchPath().candidates(kind, expanded(name)).stream()
                      .map(Path::toString)
                      .toList();
              return Diagnostic.error(at, "there is no file '" + name + "'")
                  .exit(ExitCode.NOT_FOUND)
                  .because("searched:\n" + String.join("\n", places))
                  .next("create it in one of these places, or correct the name")
                  .failure();
            });
  }

  private String expanded(String name) {
    return services.templar().expanded(name);
  }

  private ControllerFile read(String name, Path path, boolean decrypts, Location at) {
    try {
      if (decrypts && vaulted(path)) {
        byte[] bytes = services.files().decrypted(path);
        return new ControllerFile(name, path.toString(), secret(bytes), Sha1.of(bytes), mode(path));
      }
      return new ControllerFile(
          name,
          path.toString(),
          new Payload.LocalFile(path, Files.size(path)),
          Sha1.meanwhile(() -> sha1(path, at)),
          mode(path));
    } catch (IOException unreadable) {
      throw unreadable(path, at, unreadable);
    }
  }

  /** What is no text is sent as it is; nothing shows it. */
  private static Payload secret(byte[] bytes) {
    try {
      return Payload.of(
          new Value.Secret(
              StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString()));
    } catch (CharacterCodingException binary) {
      return new Payload.Binary(bytes);
    }
  }

  private ControllerTree tree(String name, Path root, boolean decrypts, Location at) {
    List<String> directories = new ArrayList<>();
    List<ControllerFile> files = new ArrayList<>();
    try (Stream<Path> below = Files.walk(root)) {
      for (Path path : below.sorted().toList()) {
        String relative = root.relativize(path).toString();
        if (Files.isDirectory(path)) {
          directories.add(relative);
        } else {
          files.add(read(relative, path, decrypts, at));
        }
      }
    } catch (IOException unreadable) {
      throw unreadable(root, at, unreadable);
    }
    directories.removeIf(String::isEmpty);
    return new ControllerTree(name, root.toString(), directories, files);
  }

  private static boolean vaulted(Path path) throws IOException {
    try (InputStream in = Files.newInputStream(path)) {
      return Value.Vaulted.isEnvelope(
          new String(in.readNBytes(LONGEST_HEADER), StandardCharsets.ISO_8859_1));
    }
  }

  private static HearthException unreadable(Path path, Location at, IOException reason) {
    return Diagnostic.error(at, "cannot read " + path)
        .because(String.valueOf(reason.getMessage()))
        .next("check that you may read it")
        .failure();
  }

  private static int mode(Path path) {
    try {
      Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(path);
      int mode = 0;
      PosixFilePermission[] all = PosixFilePermission.values();
      for (int i = 0; i < all.length; i++) {
        mode |= permissions.contains(all[i]) ? 1 << (all.length - 1 - i) : 0;
      }
      return mode;
    } catch (IOException | UnsupportedOperationException unknown) {
      return 0644;
    }
  }

  private static String sha1(Path path, Location at) {
    MessageDigest digest = Sha1.digest();
    try (InputStream in = Files.newInputStream(path)) {
      byte[] buffer = new byte[65_536];
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        digest.update(buffer, 0, n);
      }
    } catch (IOException unreadable) {
      throw unreadable(path, at, unreadable);
    }
    return HexFormat.of().formatHex(digest.digest());
  }
}

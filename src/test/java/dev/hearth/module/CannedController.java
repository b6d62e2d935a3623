package dev.hearth.module;

import dev.hearth.diag.Location;
import dev.hearth.shell.Payload;
import dev.hearth.value.Value;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A controller whose files are written in a test: paths and contents. */
public final class CannedController implements Controller {

  private final Map<String, String> files;

  /** These files; a directory is whatever has files below it. */
  public CannedController(Map<String, String> files) {
    this.files = new TreeMap<>(files);
  }

  @Override
  public ControllerFile file(String name, boolean decrypts, Location at) {
    String content = files.get(name);
    if (content == null) {
      throw new AssertionError("the test has no file " + name + " but only " + files.keySet());
    }
    return made(name, "/lab/files/" + name, content);
  }

  @Override
  public Origin fileOrTree(String name, boolean decrypts, Location at) {
    if (files.containsKey(name)) {
      return file(name, decrypts, at);
    }
    String prefix = name.endsWith("/") ? name : name + "/";
    List<ControllerFile> below = new ArrayList<>();
    List<String> directories = new ArrayList<>();
    files.forEach(
        (path, content) -> {
          if (path.startsWith(prefix)) {
            String relative = path.substring(prefix.length());
            for (int i = relative.indexOf('/'); i > 0; i = relative.indexOf('/', i + 1)) {
              if (!directories.contains(relative.substring(0, i))) {
                directories.add(relative.substring(0, i));
              }
            }
            if (!relative.isEmpty()) {
              below.add(made(relative, "/lab/files/" + path, content));
            }
          }
        });
    if (below.isEmpty()) {
      throw new AssertionError("the test has no directory " + name);
    }
    return new ControllerTree(name, "/lab/files/" + name, directories, below);
  }

  @Override
  public Contents.Here contents(String name, boolean decrypts, Location at) {
    if (!(fileOrTree(name, decrypts, at) instanceof ControllerTree tree)) {
      throw new AssertionError(name + " is no directory");
    }
    Map<String, String> contents = new TreeMap<>();
    for (ControllerFile file : tree.files()) {
      if (!file.name().contains("/")) {
        contents.put(
            file.name(),
            Objects.requireNonNull(files.get(file.path().substring("/lab/files/".length()))));
      }
    }
    return new Contents.Here(tree.path(), contents, false);
  }

  @Override
  public ControllerListing listing(String name, boolean follows, Location at) {
    List<ControllerListing.Entry> entries = new ArrayList<>();
    if (fileOrTree(name, true, at) instanceof ControllerTree tree) {
      entries.add(entry("", ControllerListing.Kind.DIRECTORY, 0755, ""));
      tree.directories()
          .forEach(path -> entries.add(entry(path, ControllerListing.Kind.DIRECTORY, 0755, "")));
      tree.files()
          .forEach(
              file ->
                  entries.add(
                      entry(
                          file.name(),
                          ControllerListing.Kind.FILE,
                          0640,
                          files.get(file.path().substring("/lab/files/".length())))));
    } else {
      entries.add(entry(name, ControllerListing.Kind.FILE, 0640, files.get(name)));
    }
    return new ControllerListing(name, "/lab/files/" + name.replaceFirst("/$", ""), entries);
  }

  /** A content that begins with an arrow is what a link says. */
  private static ControllerListing.Entry entry(
      String path, ControllerListing.Kind kind, int mode, @Nullable String content) {
    String text = content == null ? "" : content;
    boolean link = text.startsWith("-> ");
    ControllerListing.Account joe = new ControllerListing.Account("joe", 1000);
    return new ControllerListing.Entry(
        path,
        link ? ControllerListing.Kind.LINK : kind,
        mode,
        joe,
        joe,
        1_700_000_000,
        link ? text.substring(3) : "",
        link ? Payload.none() : Payload.of(Value.text(text)),
        () -> Sha1.of(text.getBytes(StandardCharsets.UTF_8)).hex());
  }

  @Override
  public ControllerFile rendered(String name, Map<String, Value> options, Location at) {
    return file(name, true, at);
  }

  private static ControllerFile made(String name, String path, String content) {
    Sha1 sum = Sha1.of(content.getBytes(StandardCharsets.UTF_8));
    return new ControllerFile(name, path, Payload.of(Value.text(content)), sum, 0640);
  }
}

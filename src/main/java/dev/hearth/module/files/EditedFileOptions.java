package dev.hearth.module.files;

import dev.hearth.fact.Fact;
import dev.hearth.fact.Facts;
import dev.hearth.fact.FileBytes;
import dev.hearth.fact.HostPath;
import dev.hearth.fact.PathFact;
import dev.hearth.fact.PathInfo;
import dev.hearth.module.Arg;
import dev.hearth.module.FileAttributes;
import dev.hearth.module.Inline;
import java.util.List;
import java.util.Optional;

/** What the modules share that edit the lines of a file. */
public record EditedFileOptions(
    @Arg(
            doc = "The file.",
            aliases = {"dest", "destfile", "name"})
        String path,
    @Arg(doc = "Keep the old file under another name.", defaultsTo = "false") boolean backup,
    @Arg(doc = "A command that must accept the new file; %s is its path.")
        Optional<String> validate,
    @Inline FileAttributes attributes) {

  /** What is certainly asked. */
  List<Fact<?>> reads() {
    HostPath written = new HostPath(path);
    if (written.needs().isPresent()) {
      return List.of(written.needs().get());
    }
    String plain = HostPath.trimmed(path);
    return List.of(new PathFact(plain), new FileBytes(plain));
  }

  /** Where the file is on that host. */
  String on(Facts host) {
    return new HostPath(path).on(host);
  }

  /** The file on its way to another content. */
  EditedFile edited(String onHost, PathInfo there, String before, boolean secret) {
    return new EditedFile(onHost, there, before, secret, attributes, validate, backup);
  }
}

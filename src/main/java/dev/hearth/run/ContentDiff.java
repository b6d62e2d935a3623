package dev.hearth.run;

import dev.hearth.fact.FileExcerpt;
import dev.hearth.plan.Diff;
import dev.hearth.shell.Payload;
import dev.hearth.value.Value;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;

/**
 * What is shown of a file whose content is replaced: both texts, or why they are not shown, in the
 * words of ansible-core 2.19.
 */
final class ContentDiff {

  private static final String BINARY = "diff skipped: %s file appears to be binary\n";
  private static final String LARGER = "diff skipped: %s file size is greater than %d\n";

  private final StringBuilder skipped = new StringBuilder();

  private ContentDiff() {}

  static ShownDiff of(Diff.Content content, FileExcerpt.Content before) {
    return new ContentDiff().compare(content, before);
  }

  private ShownDiff compare(Diff.Content content, FileExcerpt.Content before) {
    if (before.binary()) {
      skipped.append(BINARY.formatted("destination"));
    } else if (before.larger()) {
      skipped.append(LARGER.formatted("destination", FileExcerpt.MOST));
    }
    Value.Textual after = after(content.after());
    return skipped.isEmpty()
        ? ShownDiff.Texts.guarded(
            before.exists() ? content.path() : "",
            Value.text(before.text()),
            content.afterHeader(),
            after)
        : new ShownDiff.Prepared(skipped.toString());
  }

  private Value.Textual after(Payload payload) {
    return switch (payload) {
      case Payload.Inline inline -> {
        shown(FileExcerpt.of(inline.text().reveal().getBytes(StandardCharsets.UTF_8)));
        yield inline.text();
      }
      case Payload.Nothing _, Payload.Dialogue _ -> Value.text("");
      case Payload.Binary binary -> {
        shown(FileExcerpt.of(binary.bytes()));
        // It may come from an encrypted file, and so may what it replaces.
        yield new Value.Secret("(" + binary.bytes().length + " bytes that are not text)\n");
      }
      case Payload.LocalFile file -> Value.text(shown(read(file)));
      case Payload.Joined several -> Value.text("(several files)\n");
    };
  }

  private static FileExcerpt.Content read(Payload.LocalFile file) {
    if (file.size() > FileExcerpt.MOST) {
      return new FileExcerpt.Content(true, false, true, "");
    }
    try {
      return FileExcerpt.of(Files.readAllBytes(file.file()));
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  private String shown(FileExcerpt.Content after) {
    if (after.larger()) {
      skipped.append(LARGER.formatted("source", FileExcerpt.MOST));
    } else if (after.binary()) {
      skipped.append(BINARY.formatted("source"));
    }
    return after.text();
  }
}

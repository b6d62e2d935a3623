package dev.hearth.module.files;

import dev.hearth.fact.PathInfo;
import dev.hearth.module.FileAttributes;
import dev.hearth.module.Sha1;
import dev.hearth.plan.Diff;
import dev.hearth.plan.Result;
import dev.hearth.plan.Step;
import dev.hearth.plan.Undo;
import dev.hearth.plan.Verdict;
import dev.hearth.shell.Payload;
import dev.hearth.shell.Script;
import dev.hearth.value.Value;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A file whose text was edited in our hands, one character per byte, and goes back as a whole.
 *
 * @param path the file
 * @param there what is there now, links followed
 * @param before the old content
 * @param secret whether something secret was written into it
 * @param attributes owner, group and mode
 * @param validate a command that must accept the new file
 * @param backup whether the old file is kept
 * @param attributesShown whether differences tell content and attributes apart; otherwise they show
 *     the content alone
 */
record EditedFile(
    String path,
    PathInfo there,
    String before,
    boolean secret,
    FileAttributes attributes,
    Optional<String> validate,
    boolean backup,
    boolean attributesShown) {

  EditedFile(
      String path,
      PathInfo there,
      String before,
      boolean secret,
      FileAttributes attributes,
      Optional<String> validate,
      boolean backup) {
    this(path, there, before, secret, attributes, validate, backup, true);
  }

  /** The same, whose differences show the content alone. */
  EditedFile showingContentAlone() {
    return new EditedFile(path, there, before, secret, attributes, validate, backup, false);
  }

  private static final String MAKE_PARENT = "mkdir -p -- \"$1\"\n";
  private static final String ATTRIBUTES_CHANGED = "ownership, perms or SE linux context changed";

  /** What has to be done so that the file has this content; the message tells what was edited. */
  Verdict become(String after, boolean changed, String message, Result base) {
    AttributeChange change =
        there.exists()
            ? AttributeChange.of(attributes, there)
            : FileModule.forNew(attributes, 0644, false);
    String all = message;
    if (there.exists() && change.needed()) {
      all = message.isEmpty() ? ATTRIBUTES_CHANGED : message + " and " + ATTRIBUTES_CHANGED;
    }
    Result result = base.with("msg", all);
    if (!changed) {
      return there.exists() && change.needed() ? onlyAttributes(change, result) : satisfied(result);
    }
    byte[] bytes = after.getBytes(StandardCharsets.ISO_8859_1);
    Payload content = payload(bytes);
    List<Step> steps = new ArrayList<>();
    String directory = dev.hearth.fact.HostPath.directory(path);
    if (!there.exists()) {
      steps.add(
          Step.change(
              "make directory " + directory,
              Script.of(MAKE_PARENT, directory),
              Undo.restore(directory)));
    }
    steps.add(
        new FileWrite(
                path, there, attributes, content, Sha1.of(bytes).hex(), validate, backup, true)
            .step());
    String header = attributesShown ? path + " (content)" : path;
    List<Diff> diffs = new ArrayList<>();
    diffs.add(
        new Diff.Texts(
            header, text(before.getBytes(StandardCharsets.ISO_8859_1)), header, text(bytes)));
    if (!change.after().isEmpty()) {
      diffs.addAll(attributeDiffs(change));
    }
    return FileWrite.edits(steps, diffs, result.changed(true));
  }

  private Verdict satisfied(Result result) {
    return Verdict.satisfied(
        there.exists() && PathResult.names(result) ? PathResult.with(result, there) : result);
  }

  private Verdict onlyAttributes(AttributeChange change, Result result) {
    List<Step> steps = List.of(change.step(path, true));
    List<Diff> diffs = attributeDiffs(change);
    return PathResult.names(result)
        ? PathResult.changes(steps, diffs, result.changed(true), true)
        : Verdict.changes(steps, diffs, result.changed(true));
  }

  private List<Diff> attributeDiffs(AttributeChange change) {
    return attributesShown
        ? List.of(Diff.Properties.ofEdited(path, change.before(), change.after()))
        : List.of();
  }

  private Payload payload(byte[] bytes) {
    Value.Textual text = text(bytes);
    return exact(text, bytes) ? Payload.of(text) : new Payload.Binary(bytes);
  }

  private static boolean exact(Value.Textual text, byte[] bytes) {
    return java.util.Arrays.equals(text.reveal().getBytes(StandardCharsets.UTF_8), bytes);
  }

  private Value.Textual text(byte[] bytes) {
    String text;
    try {
      text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException notUtf8) {
      text = new String(bytes, StandardCharsets.UTF_8);
    }
    return secret ? new Value.Secret(text) : new Value.Text(text);
  }
}

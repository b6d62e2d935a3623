package dev.hearth.receipt;

import dev.hearth.journal.Entry;
import dev.hearth.plan.Undo;
import dev.hearth.shell.Payload;
import dev.hearth.shell.Renderer;
import dev.hearth.shell.Script;
import dev.hearth.shell.Word;
import dev.hearth.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** How a step is taken back, in parts that the host can be told. */
final class Parts {

  /**
   * A part with what only the host is told.
   *
   * @param entry what the journal says
   * @param words what the host has to keep besides
   */
  record Told(Entry.Part entry, List<Word> words) {

    /** Keeps its own copy. */
    Told {
      words = List.copyOf(words);
    }
  }

  private final UnaryOperator<String> masked;
  private final List<Told> parts = new ArrayList<>();

  private Parts(UnaryOperator<String> masked) {
    this.masked = masked;
  }

  /**
   * The parts of an undo, in order.
   *
   * @param masked hides every secret in a text
   */
  static List<Told> of(Undo undo, UnaryOperator<String> masked) {
    Parts parts = new Parts(masked);
    parts.add(undo);
    return List.copyOf(parts.parts);
  }

  private void add(Undo undo) {
    switch (undo) {
      case Undo.Restore restore -> restore.paths().forEach(path -> path(Entry.Kind.RESTORE, path));
      case Undo.RestoreTrees trees -> trees.roots().forEach(root -> path(Entry.Kind.TREE, root));
      case Undo.RestoreAttributes attributes ->
          attributes.roots().forEach(root -> path(Entry.Kind.ATTRIBUTES, root));
      case Undo.Appeared appeared ->
          add(
              Entry.Kind.APPEARED,
              "remove what it brought",
              List.of(kept(appeared.list()), kept(appeared.remove())));
      case Undo.Run run -> run(run);
      case Undo.Watch watch -> add(Entry.Kind.WATCH, watch.what(), List.of(kept(watch.look())));
      case Undo.Several several -> several.parts().forEach(this::add);
      case Undo.Nothing nothing -> add(Entry.Kind.NOTHING, nothing.why(), List.of());
      case Undo.Impossible impossible -> add(Entry.Kind.IMPOSSIBLE, impossible.why(), List.of());
    }
  }

  private void run(Undo.Run run) {
    switch (run.script().input()) {
      case Payload.Nothing _ ->
          add(Entry.Kind.RUN, run.what(), List.of(kept(run.script()), Word.of("")));
      case Payload.Inline inline ->
          add(
              Entry.Kind.RUN,
              run.what(),
              List.of(kept(run.script()), hidden(inline.text().reveal())));
      case Payload.Binary _, Payload.LocalFile _, Payload.Joined _, Payload.Dialogue _ ->
          add(Entry.Kind.IMPOSSIBLE, run.what() + " needs a file that is not kept", List.of());
    }
  }

  private void path(Entry.Kind kind, String path) {
    if (!masked.apply(path).equals(path) || path.indexOf('\n') >= 0) {
      add(Entry.Kind.IMPOSSIBLE, "its path is not written down: it has a secret in it", List.of());
    } else {
      add(kind, path, List.of());
    }
  }

  private void add(Entry.Kind kind, String text, List<Word> words) {
    parts.add(new Told(new Entry.Part(kind, masked.apply(text)), words));
  }

  /** The script as the host keeps it; it may have secrets in it and is readable by its owner. */
  private static Word kept(Script script) {
    return hidden(Renderer.forReplay(script));
  }

  private static Word hidden(String text) {
    return new Word.Hidden(new Value.Secret(text));
  }
}

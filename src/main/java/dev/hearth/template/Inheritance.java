package dev.hearth.template;

import dev.hearth.template.python.Attributed;
import dev.hearth.template.python.Callable;
import dev.hearth.template.python.PythonError;
import dev.hearth.template.syntax.Node;
import dev.hearth.value.Value;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Templates that extend others, and blocks. */
final class Inheritance {

  private Inheritance() {}

  /** Runs a template's body; if it extends another, only its definitions count. */
  static void body(List<Node> body, Context context, Pieces pieces) {
    context.frame().set("self", new Self(context));
    Node.Extends parent = null;
    for (Node node : body) {
      if (node instanceof Node.Extends found && parent == null) {
        parent = found;
      } else if (parent == null) {
        StatementEvaluator.one(node, context, pieces);
      } else if (!(node instanceof Node.Block)) {
        StatementEvaluator.one(node, context, new Pieces());
      }
    }
    if (parent != null) {
      extend(parent, context, pieces);
    }
  }

  private static void extend(Node.Extends parent, Context context, Pieces pieces) {
    Value name = ExpressionEvaluator.evaluate(parent.name(), context);
    try {
      Parser.Unit unit = Reuse.load(name, context);
      context.evaluation().deeper(context.locate(parent.at()));
      Context outer =
          new Context(
              context.evaluation(),
              unit.locator(),
              context.frame(),
              context.blocks(),
              context.isolated());
      context.blocks().register(unit.body(), unit.locator());
      body(unit.body(), outer, pieces);
      context.evaluation().rise();
    } catch (PythonError error) {
      throw context.failure(parent.at(), error);
    }
  }

  /** Runs the most derived definition of a block. */
  static void block(Node.Block block, Context context, Pieces pieces) {
    List<Blocks.Definition> definitions = context.blocks().of(block.name());
    if (block.required() && definitions.size() < 2) {
      throw new PythonError("the required block '" + block.name() + "' is not filled");
    }
    Context inner = block.scoped() ? context : context.inner(context.frame().root());
    run(definitions, 0, inner, pieces);
  }

  private static void run(
      List<Blocks.Definition> definitions, int level, Context context, Pieces pieces) {
    Blocks.Definition definition = definitions.get(level);
    Frame frame = new Frame(context.frame());
    Context inner =
        new Context(
            context.evaluation(),
            definition.locator(),
            frame,
            context.blocks(),
            context.isolated());
    if (level + 1 < definitions.size()) {
      Callable parent =
          (positional, named) -> {
            Pieces made = new Pieces();
            run(definitions, level + 1, context, made);
            return made.value(context.evaluation());
          };
      frame.set("super", parent);
    }
    StatementEvaluator.all(definition.block().body(), inner, pieces);
  }

  /** The name {@code self}, whose attributes are the blocks. */
  private record Self(Context context) implements Attributed {

    @Override
    public @Nullable Value attribute(String name) {
      List<Blocks.Definition> definitions = context.blocks().of(name);
      if (definitions.isEmpty()) {
        return null;
      }
      Callable block =
          (positional, named) -> {
            Pieces made = new Pieces();
            run(definitions, 0, context.inner(context.frame().root()), made);
            return made.value(context.evaluation());
          };
      return block;
    }

    @Override
    public String typeName() {
      return "TemplateReference";
    }

    @Override
    public String printed() {
      return "<TemplateReference>";
    }
  }
}

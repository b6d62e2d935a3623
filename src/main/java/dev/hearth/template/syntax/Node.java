package dev.hearth.template.syntax;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A statement of a template, or the text between statements. */
public sealed interface Node {

  /** The offset of the character that an error points to. */
  int at();

  /** Text that is copied. */
  record Data(int at, String text) implements Node {}

  /** <code>{{ value }}</code>. */
  record Output(int at, Expr value) implements Node {}

  /** {@code if}, {@code elif}, {@code else}. */
  record If(int at, List<Branch> branches, List<Node> otherwise) implements Node {}

  /** One condition of an {@code if} and what it guards. */
  record Branch(Expr condition, List<Node> body) {}

  /** A loop. */
  record For(
      int at,
      Target target,
      Expr items,
      @Nullable Expr condition,
      boolean recursive,
      List<Node> body,
      List<Node> otherwise)
      implements Node {}

  /** {@code do expression}, when that extension is on. */
  record Do(int at, Expr value) implements Node {}

  /** {@code break} or {@code continue}, when that extension is on. */
  record LoopControl(int at, boolean ends) implements Node {}

  /** {@code set target = value}. */
  record Assign(int at, Target target, Expr value) implements Node {}

  /** {@code set target} … {@code endset}, perhaps through filters. */
  record AssignBlock(int at, Target target, @Nullable Expr filter, List<Node> body)
      implements Node {}

  /** {@code macro name(parameters)}. */
  record Macro(int at, String name, List<Parameter> parameters, List<Node> body) implements Node {}

  /** A parameter of a macro, perhaps with a default. */
  record Parameter(int at, String name, @Nullable Expr fallback) {}

  /** {@code call(parameters) callee(arguments)}. */
  record CallBlock(int at, Expr.Call call, List<Parameter> parameters, List<Node> body)
      implements Node {}

  /** {@code filter name} … {@code endfilter}. */
  record FilterBlock(int at, Expr filter, List<Node> body) implements Node {}

  /** {@code with a = b}. */
  record With(int at, List<Assign> bindings, List<Node> body) implements Node {}

  /** {@code include name}. */
  record Include(int at, Expr name, boolean ignoreMissing, boolean withContext) implements Node {}

  /** {@code import name as alias}. */
  record Import(int at, Expr name, String alias, boolean withContext) implements Node {}

  /** {@code from name import a, b as c}. */
  record FromImport(int at, Expr name, List<Alias> names, boolean withContext) implements Node {}

  /** A name that is imported, and what it is called here. */
  record Alias(String name, String alias) {}

  /** {@code extends name}. */
  record Extends(int at, Expr name) implements Node {}

  /** {@code block name} … {@code endblock}. */
  record Block(int at, String name, boolean scoped, boolean required, List<Node> body)
      implements Node {}

  /** What can stand left of an assignment. */
  sealed interface Target {

    /** A plain name. */
    record Variable(int at, String name) implements Target {}

    /** {@code a, b}. */
    record Unpack(int at, List<Target> parts) implements Target {}

    /** {@code namespace.attribute}. */
    record Member(int at, String namespace, String attribute) implements Target {}
  }
}

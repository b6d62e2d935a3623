package dev.hearth.template.python;

import dev.hearth.value.Value;

/** What Python calls the type of a value. */
public final class TypeName {

  private TypeName() {}

  /** The type's name, such as {@code str}. */
  public static String of(Value value) {
    return switch (value) {
      case Value.Null none -> "NoneType";
      case Value.Omit omit -> "_OmitType";
      case Value.Bool bool -> "bool";
      case Value.Int number -> "int";
      case Value.Real real -> "float";
      case Value.Textual text -> "str";
      case Value.Template template -> "str";
      case Value.Vaulted vaulted -> "str";
      case Value.Seq seq -> "list";
      case Value.Dict dict -> "dict";
      case Value.Undefined undefined -> "UndefinedMarker";
      case Tuple tuple -> "tuple";
      case Range range -> "range";
      case Sequence sequence -> "list";
      case Mapping mapping -> "dict";
      case Attributed object -> object.typeName();
      case Callable callable -> "function";
      case Value.Dynamic other -> "object";
    };
  }
}

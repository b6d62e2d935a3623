package dev.hearth.module;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * One parameter of a module, read from its record of arguments.
 *
 * @param name as playbooks write it
 * @param aliases other names for it
 * @param type the component's type
 * @param required whether it must be given
 * @param choices the only values it takes; empty for any
 * @param defaultsTo what is taken when it is not given; empty when nothing
 * @param doc what it means
 * @param controller how its text names something of this machine; empty when it does not
 */
public record Parameter(
    String name,
    List<String> aliases,
    Type type,
    boolean required,
    List<String> choices,
    String defaultsTo,
    String doc,
    Optional<FromController> controller) {

  /** Reflection over annotations is slow, and a class does not change. */
  private static final ClassValue<List<Parameter>> OF_RECORD =
      new ClassValue<>() {
        @Override
        protected List<Parameter> computeValue(Class<?> arguments) {
          List<Parameter> all = new ArrayList<>();
          for (RecordComponent component : arguments.getRecordComponents()) {
            if (component.isAnnotationPresent(Inline.class)) {
              all.addAll(OF_RECORD.get(component.getType()));
            } else {
              all.add(of(component));
            }
          }
          return List.copyOf(all);
        }
      };

  /** All parameters that a record of arguments declares, those of its inline records included. */
  public static List<Parameter> of(Class<? extends Record> arguments) {
    return OF_RECORD.get(arguments);
  }

  private static Parameter of(RecordComponent component) {
    Arg arg = component.getAnnotation(Arg.class);
    if (arg == null) {
      throw new IllegalArgumentException(component + " has no @Arg");
    }
    Class<?> raw = rawType(component.getGenericType());
    boolean mayBeAbsent =
        raw == Optional.class || List.class.isAssignableFrom(raw) || raw == java.util.Map.class;
    return new Parameter(
        arg.name().isEmpty() ? snakeCase(component.getName()) : arg.name(),
        List.of(arg.aliases()),
        component.getGenericType(),
        !mayBeAbsent && arg.defaultsTo().isEmpty(),
        choices(component.getGenericType(), arg),
        arg.defaultsTo(),
        arg.doc(),
        Optional.ofNullable(component.getAnnotation(FromController.class)));
  }

  private static List<String> choices(Type type, Arg arg) {
    Type inner = type instanceof ParameterizedType generic ? lastArgument(generic) : type;
    if (inner instanceof Class<?> constants && constants.isEnum()) {
      List<String> names = new ArrayList<>();
      for (Object constant : constants.getEnumConstants()) {
        names.add(((Enum<?>) constant).name().toLowerCase(Locale.ROOT));
      }
      return List.copyOf(names);
    }
    return List.of(arg.choices());
  }

  private static Type lastArgument(ParameterizedType generic) {
    Type[] arguments = generic.getActualTypeArguments();
    return arguments[arguments.length - 1];
  }

  static Class<?> rawType(Type type) {
    return switch (type) {
      case Class<?> plain -> plain;
      case ParameterizedType generic -> (Class<?>) generic.getRawType();
      default -> throw new IllegalArgumentException("arguments cannot have the type " + type);
    };
  }

  static String snakeCase(String camelCase) {
    StringBuilder name = new StringBuilder();
    for (char letter : camelCase.toCharArray()) {
      if (Character.isUpperCase(letter)) {
        name.append('_');
      }
      name.append(Character.toLowerCase(letter));
    }
    // A parameter whose name is a word of Java's is declared with a trailing underscore.
    return name.charAt(name.length() - 1) == '_'
        ? name.substring(0, name.length() - 1)
        : name.toString();
  }
}

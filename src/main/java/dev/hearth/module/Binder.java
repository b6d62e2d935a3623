package dev.hearth.module;

import dev.hearth.diag.Diagnostic;
import dev.hearth.diag.HearthException;
import dev.hearth.diag.Location;
import dev.hearth.diag.Nearest;
import dev.hearth.value.Value;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Makes a module's typed arguments from the values that a task gives. All that is wrong with a
 * task's arguments is told at once.
 */
public final class Binder {

  private final Controller controller;

  /** A binder whose files of this machine come from there. */
  public Binder(Controller controller) {
    this.controller = controller;
  }

  /**
   * The arguments.
   *
   * @param given values by parameter name or alias, templates already evaluated; a value that was
   *     omitted may be left out or be {@link Value#OMIT}
   * @param places where each was written, as far as known
   * @param task where the task stands
   * @throws HearthException with every finding
   */
  public <A extends Record> A bind(
      Spec<A> spec, Map<String, Value> given, Map<String, Location> places, Location task) {
    Call call = new Call(spec, given, places, task);
    if (!call.findings.isEmpty()) {
      throw new HearthException(call.findings);
    }
    A arguments = call.build(spec.arguments(), controller);
    if (!call.findings.isEmpty()) {
      throw new HearthException(call.findings);
    }
    return arguments;
  }

  /**
   * What is wrong with a task's arguments as far as it can be known before the run: names, missing
   * ones, rules, and the types and choices of those that are no templates.
   */
  public static List<Diagnostic> check(
      Spec<?> spec, Map<String, Value> given, Map<String, Location> places, Location task) {
    return List.copyOf(new Call(spec, given, places, task).findings);
  }

  /** One task's arguments on their way into a record. */
  private static final class Call {
    final List<Diagnostic> findings = new ArrayList<>();
    private final Spec<?> spec;
    private final Map<String, Location> places;
    private final Location task;
    private final Map<String, Value> given;
    private final Map<String, Value> values = new LinkedHashMap<>();
    private final Map<String, String> written = new LinkedHashMap<>();

    Call(Spec<?> spec, Map<String, Value> given, Map<String, Location> places, Location task) {
      this.spec = spec;
      this.places = places;
      this.task = task;
      this.given = given;
      List<Parameter> parameters = Parameter.of(spec.arguments());
      sortByParameter(parameters);
      for (Parameter parameter : parameters) {
        if (parameter.required() && !values.containsKey(parameter.name())) {
          findings.add(
              Diagnostic.error(
                      task, spec.name() + " needs the parameter '" + parameter.name() + "'")
                  .because(parameter.doc())
                  .next("add " + parameter.name() + ": to the task"));
        }
        fits(parameter);
      }
      Arrays.stream(spec.arguments().getAnnotationsByType(Exclusive.class)).forEach(this::rule);
    }

    private void sortByParameter(List<Parameter> parameters) {
      Map<String, String> canonical = new LinkedHashMap<>();
      Set<String> raw = new HashSet<>();
      for (Parameter parameter : parameters) {
        if (parameter.type() == Value.class && !parameter.defaultsTo().isEmpty()) {
          raw.add(parameter.name());
        }
        canonical.put(parameter.name(), parameter.name());
        parameter.aliases().forEach(alias -> canonical.put(alias, parameter.name()));
      }
      for (Map.Entry<String, Value> entry : given.entrySet()) {
        String name = canonical.get(entry.getKey());
        if (name != null && isAbsent(entry.getValue(), raw.contains(name))) {
          continue;
        }
        if (name == null) {
          findings.add(unknown(entry.getKey(), canonical.keySet().stream().toList()));
        } else if (values.containsKey(name) && !entry.getKey().equals(written.get(name))) {
          findings.add(
              Diagnostic.error(
                      at(entry.getKey()),
                      "'"
                          + written.get(name)
                          + "' and '"
                          + entry.getKey()
                          + "' are two names of the same parameter of "
                          + spec.name())
                  .next("keep '" + name + "' only"));
        } else {
          values.put(name, entry.getValue());
          written.put(name, entry.getKey());
        }
      }
    }

    /** Where any value may be given and there is a default, null is a value, too. */
    private static boolean isAbsent(Value value, boolean raw) {
      return value instanceof Value.Null && !raw || value instanceof Value.Omit;
    }

    private Diagnostic unknown(String name, List<String> known) {
      return Diagnostic.error(at(name), spec.name() + " has no parameter '" + name + "'")
          .because("it takes " + String.join(", ", known.stream().sorted().toList()))
          .next(Nearest.hint(name, known, "remove it, or use one of those"));
    }

    /** Checks type and choices of a value that is no template any more. */
    private void fits(Parameter parameter) {
      Value value = values.get(parameter.name());
      if (value == null || pending(value) || parameter.controller().isPresent()) {
        return;
      }
      value = Conversion.choice(value, parameter.choices());
      values.put(parameter.name(), value);
      Object converted;
      try {
        converted = Conversion.convert(parameter.type(), value);
      } catch (Mismatch mismatch) {
        findings.add(
            parameter.choices().isEmpty()
                ? wrongType(parameter, value, mismatch)
                : wrongChoice(parameter, value));
        return;
      }
      Object plain = converted instanceof Optional<?> optional ? optional.orElseThrow() : converted;
      List<?> items = plain instanceof List<?> list ? list : List.of(plain);
      if (!parameter.choices().isEmpty()
          && items.stream()
              .anyMatch(
                  item -> item instanceof String text && !parameter.choices().contains(text))) {
        findings.add(wrongChoice(parameter, value));
      }
    }

    private Diagnostic wrongType(Parameter parameter, Value value, Mismatch mismatch) {
      return Diagnostic.error(
              at(parameter.name()),
              "'"
                  + parameter.name()
                  + "' of "
                  + spec.name()
                  + " must be "
                  + mismatch.expected()
                  + ", not "
                  + shown(value))
          .next(mismatch.next());
    }

    private Diagnostic wrongChoice(Parameter parameter, Value value) {
      return Diagnostic.error(
              at(parameter.name()),
              "'" + parameter.name() + "' of " + spec.name() + " cannot be " + shown(value))
          .because("it takes " + String.join(", ", parameter.choices()))
          .next(
              value instanceof Value.Text text
                  ? Nearest.hint(text.value(), parameter.choices(), "use one of those")
                  : "use one of those");
    }

    private static String shown(Value value) {
      return switch (value) {
        case Value.Text text -> "'" + text.value() + "'";
        case Value.Int number -> number.value().toString();
        case Value.Real real -> PythonJson.number(real.value());
        case Value.Bool bool -> bool.value() ? "true" : "false";
        case Value.Seq list -> "a list";
        case Value.Dict mapping -> "a mapping";
        case Value.Secret secret -> "the secret that was given";
        default -> "what was given";
      };
    }

    private void rule(Exclusive rule) {
      List<String> present = Arrays.stream(rule.value()).filter(values::containsKey).toList();
      String names = String.join(", ", rule.value());
      // A template may turn out to be omitted, and then nothing excludes anything.
      boolean certain = present.stream().noneMatch(name -> pending(value(name)));
      if (present.size() > 1 && certain) {
        findings.add(
            Diagnostic.error(
                    at(present.get(1)),
                    "parameters of "
                        + spec.name()
                        + " that exclude each other: "
                        + String.join(", ", present))
                .next("keep one of them"));
      } else if (present.isEmpty() && rule.required()) {
        findings.add(
            Diagnostic.error(task, spec.name() + " needs one of the parameters " + names)
                .next("add one of them to the task"));
      }
    }

    private Value value(String name) {
      return values.getOrDefault(name, Value.NULL);
    }

    private Location at(String name) {
      Location place = places.get(written.getOrDefault(name, name));
      return place == null ? task : place;
    }

    private static boolean pending(Value value) {
      return switch (value) {
        case Value.Template template -> true;
        case Value.Vaulted vaulted -> true;
        case Value.Seq list -> list.items().stream().anyMatch(Call::pending);
        case Value.Dict mapping -> mapping.entries().values().stream().anyMatch(Call::pending);
        default -> false;
      };
    }

    <R extends Record> R build(Class<R> type, Controller controller) {
      Iterator<Parameter> parameters = Parameter.of(type).iterator();
      return build(type, parameters, controller);
    }

    /** Takes as many of the parameters as the record and its inline records have components. */
    private <R> R build(Class<R> type, Iterator<Parameter> parameters, Controller controller) {
      RecordComponent[] components = type.getRecordComponents();
      @Nullable Object[] parts = new @Nullable Object[components.length];
      Class<?>[] types = new Class<?>[components.length];
      for (int i = 0; i < components.length; i++) {
        types[i] = components[i].getType();
        parts[i] =
            components[i].isAnnotationPresent(Inline.class)
                ? build(components[i].getType(), parameters, controller)
                : part(parameters.next(), controller);
      }
      try {
        Constructor<R> constructor = type.getDeclaredConstructor(types);
        constructor.setAccessible(true);
        return constructor.newInstance(parts);
      } catch (InvocationTargetException refused) {
        if (refused.getCause() instanceof RuntimeException cause) {
          throw cause;
        }
        throw new IllegalStateException("cannot make " + type, refused);
      } catch (ReflectiveOperationException notARecord) {
        throw new IllegalStateException("cannot make " + type, notARecord);
      }
    }

    private Object part(Parameter parameter, Controller controller) {
      Value value = values.get(parameter.name());
      if (value == null && !parameter.defaultsTo().isEmpty()) {
        value = Value.text(parameter.defaultsTo());
      }
      if (value == null) {
        return absent(parameter.type());
      }
      if (parameter.controller().isPresent()) {
        Object found = found(parameter.controller().get(), value, controller, at(parameter.name()));
        return Parameter.rawType(parameter.type()) == Optional.class ? Optional.of(found) : found;
      }
      return Conversion.convert(parameter.type(), value);
    }

    private Object found(FromController how, Value value, Controller controller, Location at) {
      String name = Conversion.text(value).reveal();
      if (said(how.unless(), true) || said(how.unlessNot(), false)) {
        return how.value() == FromController.Kind.CONTENTS
            ? new Contents.OnHost(name)
            : new Origin.OnHost(name);
      }
      return switch (how.value()) {
        case FILE -> controller.file(name, decrypts(), at);
        case FILE_OR_TREE -> controller.fileOrTree(name, decrypts(), at);
        case LISTING -> controller.listing(name, said(how.follows(), true), at);
        case CONTENTS -> controller.contents(name, decrypts(), at);
        case TEMPLATE -> controller.rendered(name, given, at);
        case FIRST_WORD -> command(name, controller, at);
      };
    }

    /** Whether a boolean parameter has this value, by its default where it is not given. */
    private boolean said(String parameter, boolean wanted) {
      if (parameter.isEmpty()) {
        return false;
      }
      Value value = values.get(parameter);
      if (value == null) {
        String usual =
            Parameter.of(spec.arguments()).stream()
                .filter(each -> each.name().equals(parameter))
                .map(Parameter::defaultsTo)
                .findFirst()
                .orElse("");
        return usual.equals(Boolean.toString(wanted));
      }
      return Conversion.bool(value) == wanted;
    }

    /** Modules that take files of this machine have a parameter of this name, or always do it. */
    private boolean decrypts() {
      Value wanted = values.get("decrypt");
      return wanted == null || Conversion.bool(wanted);
    }

    /** The file that a command begins with; its name is the whole command. */
    private ControllerFile command(String text, Controller controller, Location at) {
      List<String> words = CommandLine.split(text);
      if (words.isEmpty()) {
        throw new Refusal("no command given");
      }
      ControllerFile file = controller.file(words.getFirst(), decrypts(), at);
      return new ControllerFile(text, file.path(), file.content(), file.sum(), file.mode());
    }

    private static Object absent(Type type) {
      Class<?> raw = Parameter.rawType(type);
      if (raw == Optional.class) {
        return Optional.empty();
      }
      return raw == Map.class ? Map.of() : List.of();
    }
  }
}

package dev.hearth.module;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Documents one parameter of a module and says what the binder needs to know beyond its type. A
 * component of type {@code Optional} is not required, a list or map is empty when it is not given,
 * everything else is required unless it has a default. The parameter's name is the component's in
 * snake case.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Arg {
  /** What it means, a sentence or two; it becomes the reference page. */
  String doc();

  /** Its name where that cannot be the component's because Java keeps the word for itself. */
  String name() default "";

  /** Other names for it. */
  String[] aliases() default {};

  /** The only values it takes; none for any. */
  String[] choices() default {};

  /** What is taken when it is not given, written as the user would write it. */
  String defaultsTo() default "";
}

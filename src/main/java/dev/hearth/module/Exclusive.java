package dev.hearth.module;

import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** On a record of arguments: at most one of these parameters may be given. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
@Repeatable(Exclusive.All.class)
public @interface Exclusive {
  /** The parameters' names. */
  String[] value();

  /** Whether one of them must be given. */
  boolean required() default false;

  /** Several such rules. */
  @Retention(RetentionPolicy.RUNTIME)
  @Target(ElementType.TYPE)
  @interface All {
    /** The rules. */
    Exclusive[] value();
  }
}

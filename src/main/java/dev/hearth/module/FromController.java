package dev.hearth.module;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * On a component of type {@link ControllerFile}, {@link ControllerListing}, {@link Contents} or
 * {@link Origin}: its text names something of this machine, which the binder asks the {@link
 * Controller} for.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface FromController {

  /** What the text names. */
  enum Kind {
    /** A file. */
    FILE,
    /** A file or a directory. */
    FILE_OR_TREE,
    /** A file, or a directory with all that is below it, links and owners as they are. */
    LISTING,
    /** A directory; the contents of the files in it. */
    CONTENTS,
    /** A template; the file's content is the rendered text. */
    TEMPLATE,
    /** A command whose first word is a file. */
    FIRST_WORD
  }

  /** What the text names. */
  Kind value();

  /**
   * The boolean parameter that says, when it is true, that the text is a path on the host instead.
   */
  String unless() default "";

  /** The boolean parameter that says so when it is false. */
  String unlessNot() default "";

  /** The boolean parameter that says, when it is true, that links in a listing are followed. */
  String follows() default "";
}

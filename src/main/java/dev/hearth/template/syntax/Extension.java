package dev.hearth.template.syntax;

import java.util.Arrays;
import java.util.Optional;

/** The extensions of Jinja that {@code jinja2_extensions} may switch on. */
public enum Extension {
  /** {@code do}: evaluates an expression for what it does. */
  DO("jinja2.ext.do"),
  /** {@code break} and {@code continue}. */
  LOOP_CONTROLS("jinja2.ext.loopcontrols");

  private final String module;

  Extension(String module) {
    this.module = module;
  }

  /** What Python calls it. */
  public String module() {
    return module;
  }

  /** The extension that Python calls so. */
  public static Optional<Extension> of(String module) {
    return Arrays.stream(values()).filter(each -> each.module.equals(module)).findFirst();
  }
}

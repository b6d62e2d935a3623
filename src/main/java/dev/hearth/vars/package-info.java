/** Where variables come from, which definition wins, and which ones it hides. */
@NullMarked
package dev.hearth.vars;

import org.jspecify.annotations.NullMarked;

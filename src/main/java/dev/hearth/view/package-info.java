/** Shows a run to people and to programs: every sink, and the masking that guards them. */
@NullMarked
package dev.hearth.view;

import org.jspecify.annotations.NullMarked;

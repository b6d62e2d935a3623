/** The lookups: what templates may read on the controller. */
@NullMarked
package dev.hearth.template.lookup;

import org.jspecify.annotations.NullMarked;

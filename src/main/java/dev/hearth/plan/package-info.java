/** What a module decides: nothing to do, the steps of a change, or a refusal. */
@NullMarked
package dev.hearth.plan;

import org.jspecify.annotations.NullMarked;

/** A room that ends the process and sees SSH, on purpose. */
@NullMarked
package dev.hearth.architecture.bad.run;

import org.jspecify.annotations.NullMarked;

/** The rules that keep the rooms apart, each with a class that breaks it on purpose. */
@NullMarked
package dev.hearth.architecture;

import org.jspecify.annotations.NullMarked;

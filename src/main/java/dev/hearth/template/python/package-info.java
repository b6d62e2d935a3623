/**
 * What values do in Python, and so in templates: truth, equality, order, arithmetic, how they
 * print, and the methods of texts, lists and mappings.
 */
@NullMarked
package dev.hearth.template.python;

import org.jspecify.annotations.NullMarked;

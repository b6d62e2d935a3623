/** The grammar of templates: options, tokens, the tree, and the parser that makes it. */
@NullMarked
package dev.hearth.template.syntax;

import org.jspecify.annotations.NullMarked;

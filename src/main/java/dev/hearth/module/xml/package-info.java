/**
 * XML texts in memory: read, searched with XPath, edited and written again in the form that libxml2
 * gives them.
 */
@NullMarked
package dev.hearth.module.xml;

import org.jspecify.annotations.NullMarked;

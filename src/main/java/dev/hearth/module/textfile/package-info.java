/**
 * Small text files on the host that a module reads whole and replaces whole: tables, lists of keys,
 * settings.
 */
@NullMarked
package dev.hearth.module.textfile;

import org.jspecify.annotations.NullMarked;

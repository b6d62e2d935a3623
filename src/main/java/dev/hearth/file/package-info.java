/**
 * Files of the user that Hearth writes beside its work (reports, lists, pinned keys), and the marks
 * of processes by which files tell whose they are.
 */
@NullMarked
package dev.hearth.file;

import org.jspecify.annotations.NullMarked;

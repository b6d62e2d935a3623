/** Files of the user that Hearth writes beside its work: reports, lists, pinned keys. */
@NullMarked
package dev.hearth.file;

import org.jspecify.annotations.NullMarked;

package dev.hearth.module;

import java.util.List;

/**
 * A directory of this machine that a parameter names, with all that is below it.
 *
 * @param name as the user wrote it (a trailing slash means: its content, not itself)
 * @param path where it was found
 * @param directories paths below it, relative, parents first
 * @param files all files below it; {@link ControllerFile#name} is the path relative to the
 *     directory
 */
public record ControllerTree(
    String name, String path, List<String> directories, List<ControllerFile> files)
    implements Origin {}

package dev.hearth.module.files;

import dev.hearth.fact.PathInfo;
import java.util.List;

/**
 * How a directory compares with its copy.
 *
 * @param differs whether the copy lacks something or has other content
 * @param entries properties of what the copy has, one of each kind
 */
record TreeDifference(boolean differs, List<PathInfo> entries) {}

package dev.hearth.template;

import dev.hearth.template.python.Mapping;

/**
 * A mapping that is computed while it is read, such as {@code hostvars} (host name to {@link
 * Templar#view} of that host's scope). What {@link #get} returns is taken as it is if it is data,
 * and resolved in the reading template's scope where it holds templates.
 */
public interface LazyMapping extends Mapping {}

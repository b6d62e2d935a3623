package dev.hearth.module;

/**
 * A file mode as the user gave it: octal digits ({@code 0644}), symbolic ({@code u=rw,g=r}) or
 * {@code preserve}.
 *
 * @param text a number from YAML is already written back as octal digits
 */
public record FileMode(String text) {}

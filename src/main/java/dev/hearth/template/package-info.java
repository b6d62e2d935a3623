/**
 * The template language: Jinja as Ansible 2.19 uses it, parsed once and evaluated against a {@link
 * dev.hearth.template.Scope}. Knows nothing of hosts, files of the language or modules.
 */
@NullMarked
package dev.hearth.template;

import org.jspecify.annotations.NullMarked;

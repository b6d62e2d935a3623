/**
 * YAML as Ansible reads it, with the place of every node, and JSON as Python writes it. The only
 * package that knows the YAML and JSON libraries.
 */
@NullMarked
package dev.hearth.yaml;

import org.jspecify.annotations.NullMarked;

/**
 * The values that inventories, playbooks, templates and modules pass around, secrets among them.
 */
@NullMarked
package dev.hearth.value;

import org.jspecify.annotations.NullMarked;

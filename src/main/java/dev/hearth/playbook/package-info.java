/**
 * Playbooks, roles and task files as records: what the user wrote, checked for shape and names,
 * with inheritance and static imports already applied. Nothing here evaluates a template or knows a
 * host.
 */
@NullMarked
package dev.hearth.playbook;

import org.jspecify.annotations.NullMarked;

/**
 * Playbooks, roles and task files as records: what the user wrote, checked for shape and names,
 * with inheritance and static imports already applied. Nothing here knows a host; of templates only
 * those are evaluated that have to be known before the run ({@link EarlyValues}).
 */
@NullMarked
package dev.hearth.playbook;

import org.jspecify.annotations.NullMarked;

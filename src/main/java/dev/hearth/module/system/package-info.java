/** Modules for users, services, names, clocks, kernel settings, timetables and the firewall. */
@NullMarked
package dev.hearth.module.system;

import org.jspecify.annotations.NullMarked;

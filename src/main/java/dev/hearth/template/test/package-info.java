/** The tests behind {@code is}: Jinja's own and Ansible's. */
@NullMarked
package dev.hearth.template.test;

import org.jspecify.annotations.NullMarked;

/** The language as Ansible 2.19 has it, put together from filters, tests, lookups and functions. */
@NullMarked
package dev.hearth.template.standard;

import org.jspecify.annotations.NullMarked;

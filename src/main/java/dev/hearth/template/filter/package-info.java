/** The filters: Jinja's own, Ansible's, and the few of other collections that homelabs use. */
@NullMarked
package dev.hearth.template.filter;

import org.jspecify.annotations.NullMarked;

/**
 * Roles and collections of others: what a requirements file asks for is fetched, checked and put
 * where playbooks find it. Nothing that was fetched is ever executed.
 */
@NullMarked
package dev.hearth.galaxy;

import org.jspecify.annotations.NullMarked;

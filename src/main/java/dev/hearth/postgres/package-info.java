/** The store of journals and receipts in PostgreSQL: {@code docs/design/store.md}. */
@NullMarked
package dev.hearth.postgres;

import org.jspecify.annotations.NullMarked;

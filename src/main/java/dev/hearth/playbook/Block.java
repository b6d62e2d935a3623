package dev.hearth.playbook;

import dev.hearth.diag.Location;
import dev.hearth.value.Located;
import java.util.List;
import java.util.Optional;

/**
 * Entries that belong together. A role and a static import become a block as well. Its attributes
 * are already part of those of its entries.
 *
 * @param at where it starts
 * @param name its name as written
 * @param attributes the keywords in force for it
 * @param entries what it does
 * @param rescue what is done when one of them fails
 * @param always what is done in any case
 * @param context the file and role it belongs to
 */
public record Block(
    Location at,
    Optional<Located> name,
    Attributes attributes,
    List<Entry> entries,
    List<Entry> rescue,
    List<Entry> always,
    Context context)
    implements Entry {

  /** Keeps its own copies. */
  public Block {
    entries = List.copyOf(entries);
    rescue = List.copyOf(rescue);
    always = List.copyOf(always);
  }
}

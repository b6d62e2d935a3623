package dev.hearth.run;

/** When plays collect facts ({@code gathering} of ansible.cfg). */
public enum Gathering {
  /** Unless the play says {@code gather_facts: false}. */
  IMPLICIT,
  /** Only where the play says {@code gather_facts: true}. */
  EXPLICIT,
  /** As implicit, but not for hosts whose facts are known from an earlier play or the cache. */
  SMART
}

package dev.hearth.diag;

/**
 * What becomes of a mapping that has a key twice: whoever opens a text decides it, since that
 * depends on settings and on whose text it is (Ansible's {@code DUPLICATE_YAML_DICT_KEY}).
 */
@FunctionalInterface
public interface RepeatedKeys {

  /** No text may repeat a key. */
  RepeatedKeys REFUSED =
      (error, same) -> {
        throw error.failure();
      };

  /**
   * A key was found a second time. Whoever returns lets the later value count.
   *
   * @param error the finding, as it is told where this is not tolerated
   * @param same whether both values are the same, so that nothing is lost
   * @throws HearthException the finding, where it is not tolerated
   */
  void found(Diagnostic error, boolean same);
}

package dev.hearth.view;

import java.util.Optional;

/**
 * What the console shows and how, with the meaning of the options of Ansible's default callback.
 *
 * @param format how results are written
 * @param pretty whether results take several lines; empty for what is usual for the format
 * @param skippedHosts whether skipped hosts are shown ({@code display_skipped_hosts})
 * @param okHosts whether hosts without a change are shown ({@code display_ok_hosts})
 * @param failuresToErr whether failures go to standard error ({@code display_failed_stderr})
 * @param hostStarts whether each host's start is shown ({@code show_per_host_start})
 * @param checkMarkers whether check mode is marked ({@code check_mode_markers})
 * @param customStats whether {@code set_stats} is shown at the end ({@code show_custom_stats})
 * @param taskPathOnFailure whether a failure says where its task is written ({@code
 *     show_task_path_on_failure})
 * @param diffContext lines around a difference ({@code [diff] context})
 */
public record ConsoleStyle(
    Format format,
    Optional<Boolean> pretty,
    boolean skippedHosts,
    boolean okHosts,
    boolean failuresToErr,
    boolean hostStarts,
    boolean checkMarkers,
    boolean customStats,
    boolean taskPathOnFailure,
    int diffContext) {

  /** Ansible's defaults. */
  public static final ConsoleStyle DEFAULT =
      new ConsoleStyle(
          Format.JSON, Optional.empty(), true, true, false, false, false, false, false, 3);

  /** How results are written. */
  public enum Format {
    /** JSON. */
    JSON,
    /** YAML, as {@code result_format: yaml}. */
    YAML,
    /** YAML as the callback {@code community.general.yaml} writes it. */
    YAML_CALLBACK,
    /** JSON with the output as it is behind it, as the callback {@code ansible.posix.debug}. */
    OUTPUT_APART
  }
}

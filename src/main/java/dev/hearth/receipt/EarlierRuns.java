package dev.hearth.receipt;

import dev.hearth.journal.Entry;
import dev.hearth.journal.Journal;
import dev.hearth.journal.RunStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What a run that is continued noted, and those that it continues. The lab may be elsewhere by now,
 * as on another machine: its tasks are the same ones.
 *
 * @param store where it was noted
 * @param directory where the lab is now
 */
record EarlierRuns(RunStore store, String directory) {

  /** What was noted of a host, the oldest run first. */
  List<List<Entry>> of(String continued, String host) {
    List<List<Entry>> all = new ArrayList<>();
    for (String run : store.chain(continued)) {
      String before =
          store.run(run).map(journal -> directory(journal.header().details())).orElse("");
      store
          .host(run, host)
          .map(Journal::entries)
          .ifPresent(
              entries -> all.add(entries.stream().map(entry -> moved(entry, before)).toList()));
    }
    return all;
  }

  /** Where a run was started. */
  static String directory(Map<String, List<String>> details) {
    return String.join("", details.getOrDefault(RunRecorder.DIRECTORY, List.of()));
  }

  private Entry moved(Entry entry, String from) {
    return switch (entry) {
      case Entry.Done done -> new Entry.Done(place(done.at(), from), done.count(), done.result());
      case Entry.Intended step ->
          new Entry.Intended(
              step.step(),
              step.run(),
              step.task(),
              place(step.at(), from),
              step.what(),
              step.digest(),
              step.user(),
              step.undo());
      default -> entry;
    };
  }

  private String place(String at, String from) {
    return from.isEmpty() || !at.startsWith(from + "/")
        ? at
        : directory + at.substring(from.length());
  }
}

package dev.hearth.run;

import dev.hearth.diag.Diagnostic;
import dev.hearth.diag.Location;
import dev.hearth.diag.Severity;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Collects what is wrong; the same thing at the same place counts once. */
final class Findings {

  private static final Comparator<Diagnostic> BY_PLACE =
      Comparator.comparing((Diagnostic each) -> each.at().isPresent())
          .thenComparing(each -> each.at().map(at -> at.source().name()).orElse(""))
          .thenComparing(each -> each.at().map(Location::line).orElse(0))
          .thenComparing(each -> each.at().map(Location::column).orElse(0));

  private final Map<String, Diagnostic> byText = new LinkedHashMap<>();
  private final Set<String> refused = new HashSet<>();

  /** Takes what the loader found; an error of it stands for whatever is wrong at its place. */
  void addLoaded(Collection<Diagnostic> loaded) {
    addAll(loaded);
    loaded.stream()
        .filter(finding -> finding.severity() == Severity.ERROR)
        .flatMap(finding -> finding.at().stream())
        .map(Location::toString)
        .forEach(refused::add);
  }

  void add(Diagnostic finding) {
    String place = finding.at().map(Location::toString).orElse("");
    if (refused.contains(place)) {
      return;
    }
    byText.putIfAbsent(place + " " + finding.summary(), finding);
  }

  void addAll(Collection<Diagnostic> findings) {
    findings.forEach(this::add);
  }

  /** All of them, by file, line and column; those without a place first. */
  List<Diagnostic> sorted() {
    List<Diagnostic> all = new ArrayList<>(byText.values());
    all.sort(BY_PLACE);
    return List.copyOf(all);
  }
}

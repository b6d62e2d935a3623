package dev.hearth.run;

import dev.hearth.diag.Diagnostic;
import dev.hearth.diag.Location;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Collects what is wrong; the same thing at the same place counts once. */
final class Findings {

  private static final Comparator<Diagnostic> BY_PLACE =
      Comparator.comparing((Diagnostic each) -> each.at().isPresent())
          .thenComparing(each -> each.at().map(at -> at.source().name()).orElse(""))
          .thenComparing(each -> each.at().map(Location::line).orElse(0))
          .thenComparing(each -> each.at().map(Location::column).orElse(0));

  private final Map<String, Diagnostic> byText = new LinkedHashMap<>();

  void add(Diagnostic finding) {
    String place = finding.at().map(Location::toString).orElse("");
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

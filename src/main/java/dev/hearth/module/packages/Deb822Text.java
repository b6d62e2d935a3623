package dev.hearth.module.packages;

import java.util.List;
import java.util.Optional;

/** The text of a deb822 source: one field a line, in the order of the parameters' names. */
final class Deb822Text {

  private final StringBuilder text = new StringBuilder();

  Deb822Text(Deb822Repository.Args want, String signedBy) {
    flag("Allow-Downgrade-To-Insecure", want.allowDowngradeToInsecure());
    flag("Allow-Insecure", want.allowInsecure());
    flag("Allow-Weak", want.allowWeak());
    list("Architectures", want.architectures());
    flag("By-Hash", want.byHash());
    flag("Check-Date", want.checkDate());
    flag("Check-Valid-Until", want.checkValidUntil());
    list("Components", want.components());
    want.dateMaxFuture().ifPresent(seconds -> field("Date-Max-Future", seconds.toString()));
    flag("Enabled", want.enabled());
    want.inreleasePath().ifPresent(path -> field("Inrelease-Path", path));
    list("Languages", want.languages());
    field("X-Repolib-Name", want.name());
    flag("Pdiffs", want.pdiffs());
    if (!signedBy.isEmpty()) {
      field("Signed-By", signedBy);
    }
    list("Suites", want.suites());
    list("Targets", want.targets());
    flag("Trusted", want.trusted());
    list("Types", Optional.of(want.types()));
    list("URIs", want.uris());
  }

  String text() {
    return text.toString();
  }

  private void flag(String name, Optional<Boolean> value) {
    value.ifPresent(yes -> field(name, yes ? "yes" : "no"));
  }

  private void list(String name, Optional<List<String>> values) {
    values.ifPresent(words -> field(name, String.join(" ", words)));
  }

  /** A value of several lines starts on the next one; its empty lines are dots. */
  private void field(String name, String value) {
    if (!value.contains("\n")) {
      text.append(name).append(value.isEmpty() ? ":" : ": ").append(value).append('\n');
      return;
    }
    text.append(name).append(":\n");
    value
        .strip()
        .lines()
        .map(line -> line.isBlank() ? "." : line.strip())
        .forEach(line -> text.append("    ").append(line).append('\n'));
  }
}

package dev.hearth.run;

import dev.hearth.diag.Location;
import dev.hearth.template.filter.Moment;
import dev.hearth.template.filter.TimeFormat;
import dev.hearth.value.Value;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;

/**
 * What a template file can read of itself and of this machine.
 *
 * @param host this machine's name
 * @param owner the user to whom the file belongs
 * @param modified when it was changed last
 * @param now the time
 */
record TemplateFacts(String host, String owner, Moment modified, Moment now) {

  /** Of a file; what cannot be known of it is as for a new file. */
  static TemplateFacts of(Path path) {
    ZoneId zone = ZoneId.systemDefault();
    Moment now = new Moment(LocalDateTime.now(zone), zone);
    try {
      return new TemplateFacts(
          thisHost(),
          Files.getOwner(path).getName(),
          new Moment(
              LocalDateTime.ofInstant(Files.getLastModifiedTime(path).toInstant(), zone), zone),
          now);
    } catch (IOException unreadable) {
      // Opening it in earnest tells why.
      return new TemplateFacts(thisHost(), "", now, now);
    }
  }

  private static String thisHost() {
    try {
      return Files.readString(Path.of("/proc/sys/kernel/hostname")).strip();
    } catch (IOException noLinux) {
      return "localhost";
    }
  }

  /**
   * The value of {@code ansible_managed}: the setting with the file's time in its {@code %} fields
   * and with expressions in the place of {@code {host}}, {@code {uid}} and {@code {file}}.
   */
  Value managed(String setting, Location at) {
    String expressions =
        setting
            .replace("{host}", "{{ template_host }}")
            .replace("{uid}", "{{ template_uid }}")
            .replace("{file}", "{{ template_path }}");
    ZonedDateTime time = modified.time().atZone(modified.zone());
    String text = TimeFormat.write(expressions, time);
    return text.contains("{{") ? new Value.Template(text, at, false) : Value.text(text);
  }
}

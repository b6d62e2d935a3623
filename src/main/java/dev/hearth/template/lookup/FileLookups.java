package dev.hearth.template.lookup;

import dev.hearth.diag.Source;
import dev.hearth.template.Call;
import dev.hearth.template.Lookup;
import dev.hearth.template.python.Mappings;
import dev.hearth.template.python.Printed;
import dev.hearth.template.python.PythonError;
import dev.hearth.template.syntax.Delimiters;
import dev.hearth.template.syntax.TemplateOptions;
import dev.hearth.value.Value;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.PatternSyntaxException;

/** Lookups of files on the controller. */
final class FileLookups {

  private FileLookups() {}

  static Map<String, Lookup> all() {
    return Map.of(
        "file", Lookup.of("rstrip? lstrip?", FileLookups::file),
        "unvault", Lookup.of("", FileLookups::unvault),
        "template",
            Lookup.of(
                "convert_data? variable_start_string? variable_end_string? jinja2_native?"
                    + " template_vars? comment_start_string? comment_end_string? trim_blocks?"
                    + " lstrip_blocks?",
                FileLookups::template),
        "fileglob", Lookup.of("", FileLookups::glob));
  }

  private static List<Value> file(Call call) {
    List<Value> found = new ArrayList<>();
    for (Value term : call.inputItems()) {
      Value.Textual text =
          ControllerFiles.read(call, ControllerFiles.find(call, "files", Printed.str(term)));
      String content = text.reveal();
      content = call.flag("lstrip", false) ? content.stripLeading() : content;
      found.add(text.with(call.flag("rstrip", true) ? content.stripTrailing() : content));
    }
    return found;
  }

  private static List<Value> unvault(Call call) {
    List<Value> found = new ArrayList<>();
    for (Value term : call.inputItems()) {
      found.add(ControllerFiles.read(call, ControllerFiles.find(call, "files", Printed.str(term))));
    }
    return found;
  }

  private static List<Value> template(Call call) {
    Delimiters usual = Delimiters.JINJA;
    TemplateOptions options =
        TemplateOptions.DEFAULT
            .withTrimBlocks(call.flag("trim_blocks", true))
            .withLstripBlocks(call.flag("lstrip_blocks", false))
            .withDelimiters(
                new Delimiters(
                    usual.blockStart(),
                    usual.blockEnd(),
                    call.text("variable_start_string", usual.variableStart()),
                    call.text("variable_end_string", usual.variableEnd()),
                    call.text("comment_start_string", usual.commentStart()),
                    call.text("comment_end_string", usual.commentEnd())));
    List<Value> found = new ArrayList<>();
    for (Value term : call.inputItems()) {
      Path file = ControllerFiles.find(call, "templates", Printed.str(term));
      Value.Textual text = ControllerFiles.read(call, file);
      boolean secret = text instanceof Value.Secret;
      Source source = new Source(file.toString(), text.reveal(), secret);
      found.add(call.engine().render(source, secret, options, variables(call, file, term)));
    }
    return found;
  }

  private static Map<String, Value> variables(Call call, Path file, Value term) {
    Map<String, Value> variables = new LinkedHashMap<>();
    variables.put("template_path", term);
    variables.put("template_fullpath", Value.text(file.toString()));
    Map<Value, Value> own = Mappings.view(call.get("template_vars", Value.Dict.EMPTY));
    if (own != null) {
      own.forEach((key, value) -> variables.put(Printed.str(key), value));
    }
    return variables;
  }

  /** Files that match, without directories, in the first place that has any. */
  private static List<Value> glob(Call call) {
    List<Value> found = new ArrayList<>();
    for (Value term : call.inputItems()) {
      for (Path place : ControllerFiles.candidates(call, "files", Printed.str(term))) {
        Set<String> matching = matching(place);
        if (!matching.isEmpty()) {
          matching.forEach(file -> found.add(Value.text(file)));
          break;
        }
      }
    }
    return found;
  }

  private static Set<String> matching(Path pattern) {
    Set<String> files = new TreeSet<>();
    Path directory = pattern.getParent();
    Path name = pattern.getFileName();
    if (directory == null || name == null || !Files.isDirectory(directory)) {
      return files;
    }
    String glob = name.toString().replace("{", "\\{").replace("}", "\\}");
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory, glob)) {
      for (Path entry : entries) {
        boolean hidden = entry.getFileName().toString().startsWith(".") && !glob.startsWith(".");
        if (Files.isRegularFile(entry) && !hidden) {
          files.add(entry.toString());
        }
      }
    } catch (IOException | PatternSyntaxException unreadable) {
      throw new PythonError("cannot list '" + directory + "': " + unreadable.getMessage());
    }
    return files;
  }
}

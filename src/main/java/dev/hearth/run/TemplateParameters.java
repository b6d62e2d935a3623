package dev.hearth.run;

import dev.hearth.diag.Diagnostic;
import dev.hearth.diag.Location;
import dev.hearth.template.TemplateFailure;
import dev.hearth.template.syntax.Delimiters;
import dev.hearth.template.syntax.TemplateOptions;
import dev.hearth.value.Value;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The parameters of {@code template} that steer rendering, and the variables that a template file
 * sees besides.
 */
final class TemplateParameters {

  private final Map<String, Value> given;
  private final Location at;

  TemplateParameters(Map<String, Value> given, Location at) {
    this.given = given;
    this.at = at;
  }

  TemplateOptions options() {
    TemplateOptions options = TemplateOptions.DEFAULT;
    if (given.containsKey("trim_blocks")) {
      options = options.withTrimBlocks(Keywords.bool(given.get("trim_blocks"), at));
    }
    if (given.containsKey("lstrip_blocks")) {
      options = options.withLstripBlocks(Keywords.bool(given.get("lstrip_blocks"), at));
    }
    Optional<String> newline = text("newline_sequence");
    if (newline.isPresent()) {
      options = options.withNewline(newline(newline.get()));
    }
    return options.withDelimiters(
        new Delimiters(
            text("block_start_string").orElse(Delimiters.JINJA.blockStart()),
            text("block_end_string").orElse(Delimiters.JINJA.blockEnd()),
            text("variable_start_string").orElse(Delimiters.JINJA.variableStart()),
            text("variable_end_string").orElse(Delimiters.JINJA.variableEnd()),
            text("comment_start_string").orElse(Delimiters.JINJA.commentStart()),
            text("comment_end_string").orElse(Delimiters.JINJA.commentEnd())));
  }

  private String newline(String written) {
    return switch (written) {
      case "\\n", "\n" -> "\n";
      case "\\r", "\r" -> "\r";
      case "\\r\\n", "\r\n" -> "\r\n";
      default ->
          throw new TemplateFailure(
              Diagnostic.error(at, "newline_sequence cannot be '" + written + "'")
                  .next("use \\n, \\r or \\r\\n"));
    };
  }

  /**
   * {@code template_path}, {@code ansible_managed} and the like.
   *
   * @param managed the setting {@code ansible_managed}; empty when a variable of that name is there
   */
  Map<String, Value> variables(Path path, Map<String, Value> options, Optional<String> managed) {
    TemplateFacts facts = TemplateFacts.of(path);
    Map<String, Value> variables = new LinkedHashMap<>();
    managed.ifPresent(text -> variables.put("ansible_managed", facts.managed(text, at)));
    variables.put("template_host", Value.text(facts.host()));
    variables.put("template_uid", Value.text(facts.owner()));
    variables.put("template_mtime", facts.modified());
    variables.put("template_run_date", facts.now());
    variables.put("template_path", Value.text(path.toString()));
    variables.put("template_fullpath", Value.text(path.toAbsolutePath().normalize().toString()));
    variables.put("template_destpath", options.getOrDefault("dest", Value.text("")));
    return variables;
  }

  private Optional<String> text(String name) {
    return Optional.ofNullable(given.get(name)).map(Keywords::text);
  }
}

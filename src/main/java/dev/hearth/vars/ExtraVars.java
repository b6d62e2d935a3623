package dev.hearth.vars;

import dev.hearth.diag.Diagnostic;
import dev.hearth.diag.Location;
import dev.hearth.diag.Source;
import dev.hearth.diag.SourceFiles;
import dev.hearth.value.Located;
import dev.hearth.value.Value;
import dev.hearth.yaml.Values;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads {@code -e}: {@code name=value} pairs, whose values are texts; a YAML or JSON mapping; or
 * {@code @file}. Of several definitions of a name the last one wins.
 */
public final class ExtraVars {

  private static final String OPTION = "command line (-e)";

  private final SourceFiles files;
  private final Path workingDirectory;

  /**
   * Reads options.
   *
   * @param files opens the files behind {@code @}
   * @param workingDirectory what their names are relative to
   */
  public ExtraVars(SourceFiles files, Path workingDirectory) {
    this.files = files;
    this.workingDirectory = workingDirectory;
  }

  /**
   * The variables of all options together.
   *
   * @param options the options' texts in their order
   * @throws dev.hearth.diag.HearthException if one cannot be read
   */
  public Map<String, Variable> parse(List<String> options) {
    Map<String, Located> all = new LinkedHashMap<>();
    options.forEach(option -> all.putAll(one(option)));
    return Variable.all(Level.EXTRA_VARS, all);
  }

  private Map<String, Located> one(String option) {
    String text = option.strip();
    if (text.startsWith("@")) {
      return VariableFile.read(files.open(workingDirectory.resolve(text.substring(1))));
    }
    Source source = Source.of(OPTION, option);
    return text.startsWith("{") || text.startsWith("[") ? VariableFile.read(source) : pairs(source);
  }

  private static Map<String, Located> pairs(Source source) {
    Map<String, Located> variables = new LinkedHashMap<>();
    for (Located pair : Pairs.split(source)) {
      String text = ((Value.Text) pair.value()).value();
      int equals = text.indexOf('=');
      if (equals <= 0) {
        throw Diagnostic.error(pair.at(), "'" + text + "' is not name=value")
            .because("extra variables are name=value pairs, a YAML or JSON mapping, or @file")
            .next("write -e name=value; put values with blanks in quotes: -e \"name='two words'\"")
            .failure();
      }
      Location at = pair.at().plus(0, equals + 1);
      String value = Pairs.unquoted(Pairs.unescaped(text.substring(equals + 1)));
      variables.put(text.substring(0, equals), new Located(Values.written(value, at, false), at));
    }
    return variables;
  }
}

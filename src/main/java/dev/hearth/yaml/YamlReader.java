package dev.hearth.yaml;

import dev.hearth.diag.Diagnostic;
import dev.hearth.diag.HearthException;
import dev.hearth.diag.Location;
import dev.hearth.diag.Source;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.reader.ReaderException;

/**
 * Reads YAML 1.1 with Ansible's tags into nodes that know their place. Anything that is not good
 * YAML, a duplicate key that its source does not tolerate, a foreign tag or a text built to exhaust
 * memory is a {@link HearthException} with the place and the next step.
 */
public final class YamlReader {

  private static final int MAX_CHARACTERS = 16 * 1024 * 1024;

  private YamlReader() {}

  /** The one document of a source; empty when it holds nothing but comments. */
  public static Optional<Node> read(Source source) {
    List<Node> documents = readAll(source);
    if (documents.size() > 1) {
      throw Diagnostic.error(documents.get(1).at(), "a second YAML document starts here")
          .because("this file has to be one document; a line '---' begins another one")
          .next("remove the '---' line, or move what follows it into a file of its own")
          .failure();
    }
    return documents.stream().findFirst();
  }

  /** All documents of a source; a document that holds nothing is a scalar of type nothing. */
  public static List<Node> readAll(Source source) {
    if (source.text().length() > MAX_CHARACTERS) {
      throw Diagnostic.error(Location.startOf(source), "this YAML file is too large")
          .because(
              "it has %d characters; no more than %d are read"
                  .formatted(source.text().length(), MAX_CHARACTERS))
          .next("split the file, or keep large data outside of YAML")
          .failure();
    }
    LoaderOptions options = new LoaderOptions();
    options.setCodePointLimit(MAX_CHARACTERS);
    try {
      Iterable<Event> events =
          new Yaml(options).parse(new StringReader(withoutByteOrderMark(source)));
      return new ArrayList<>(new Composer(source, events.iterator()).documents());
    } catch (MarkedYAMLException failure) {
      throw new SyntaxErrors(source, new Lines(source)).of(failure).failure();
    } catch (ReaderException failure) {
      throw new SyntaxErrors(source, new Lines(source)).of(failure).failure();
    } catch (IllegalArgumentException escape) {
      // SnakeYAML reads the digits of an escape without looking whether there are any.
      throw new SyntaxErrors(source, new Lines(source))
          .ofEscape()
          .orElseThrow(() -> escape)
          .failure();
    } catch (YAMLException failure) {
      throw Diagnostic.error(Location.startOf(source), "this is not valid YAML")
          .because(String.valueOf(failure.getMessage()))
          .next("correct the YAML")
          .failure();
    }
  }

  private static String withoutByteOrderMark(Source source) {
    String text = source.text();
    return text.startsWith("\uFEFF") ? text.substring(1) : text;
  }
}

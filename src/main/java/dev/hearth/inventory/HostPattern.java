package dev.hearth.inventory;

import dev.hearth.diag.Diagnostic;
import dev.hearth.diag.HearthException;
import dev.hearth.diag.Location;
import dev.hearth.diag.Source;
import dev.hearth.diag.SourceFiles;
import dev.hearth.value.Located;
import dev.hearth.value.Value;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Which hosts are meant: what stands after {@code hosts:}, after {@code --limit} and on the command
 * line. The rules are those of ansible-core 2.19.
 *
 * <p>In a combination all plain parts are joined first, in the order written; then every {@code &}
 * part keeps only its own hosts; then every {@code !} part takes its hosts away. Without a plain
 * part the combination starts from all hosts.
 */
public sealed interface HostPattern {

  /**
   * The name of a host or a group.
   *
   * @param name the name
   * @param at where it is written
   */
  record Name(String name, Location at) implements HostPattern {}

  /**
   * A name with {@code *}, {@code ?} or {@code [...]} in it.
   *
   * @param text as it was written
   * @param expression what whole names must match
   * @param at where it is written
   */
  record Glob(String text, Pattern expression, Location at) implements HostPattern {}

  /**
   * A regular expression after {@code ~}.
   *
   * @param text as it was written, with the {@code ~}
   * @param expression what names must begin with
   * @param at where it is written
   */
  record Regex(String text, Pattern expression, Location at) implements HostPattern {}

  /**
   * One of the hosts that a pattern matches: {@code web[0]}, {@code web[-1]}.
   *
   * @param of the pattern before the bracket
   * @param position from 0; negative ones count from the end
   * @param at where it is written
   */
  record Nth(HostPattern of, int position, Location at) implements HostPattern {}

  /**
   * Some of the hosts that a pattern matches, both ends among them: {@code web[0:2]}, {@code
   * web[1:]}.
   *
   * @param of the pattern before the bracket
   * @param first from 0
   * @param last from 0; -1 is the last there is
   * @param at where it is written
   */
  record Slice(HostPattern of, int first, int last, Location at) implements HostPattern {}

  /** {@code &pattern}: only hosts that are also in this one. */
  record Only(HostPattern pattern) implements HostPattern {}

  /** {@code !pattern}: no host of this one. */
  record Except(HostPattern pattern) implements HostPattern {}

  /** Several patterns, in the order written. */
  record AnyOf(List<HostPattern> parts) implements HostPattern {
    /** Keeps its own copy. */
    public AnyOf {
      parts = List.copyOf(parts);
    }
  }

  /**
   * Reads a pattern.
   *
   * @param text the pattern
   * @param at where its first character stands
   * @throws dev.hearth.diag.HearthException if a part cannot be read, such as a wrong regular
   *     expression
   */
  static HostPattern parse(String text, Location at) {
    return PatternParser.parse(text, at);
  }

  /** Reads a pattern of the command line. */
  static HostPattern parse(String text) {
    return parse(text, Location.startOf(Source.of("host pattern", text)));
  }

  /**
   * Reads a {@code --limit}: a pattern in which {@code @file} stands for the patterns in a file,
   * one on each line, such as the hosts of a run that failed.
   *
   * @param text the option
   * @param files opens the files
   * @param directory what their names are relative to
   * @throws dev.hearth.diag.HearthException if a file or a part cannot be read
   */
  static HostPattern parseLimit(String text, SourceFiles files, Path directory) {
    Location at = Location.startOf(Source.of("--limit", text));
    List<HostPattern> parts = new ArrayList<>();
    for (String part : PatternParser.split(text)) {
      if (part.startsWith("@")) {
        parts.addAll(PatternParser.lines(files.open(directory.resolve(part.substring(1)))));
      } else {
        parts.add(PatternParser.limit(part, at.plus(0, text.indexOf(part))));
      }
    }
    return new AnyOf(parts);
  }

  /**
   * Reads what a play's {@code hosts:} has become after its templates were evaluated: a text or a
   * list of texts.
   */
  static HostPattern of(Located value) {
    return switch (value.value()) {
      case Value.Textual text -> parse(text.reveal(), value.at());
      case Value.Seq list -> {
        List<HostPattern> parts = new ArrayList<>();
        for (Value item : list.items()) {
          if (!(item instanceof Value.Textual)) {
            throw wrong(value.at());
          }
          parts.addAll(PatternParser.parts(of(new Located(item, value.at()))));
        }
        yield new AnyOf(parts);
      }
      default -> throw wrong(value.at());
    };
  }

  private static HearthException wrong(Location at) {
    return Diagnostic.error(at, "hosts must be a pattern or a list of patterns")
        .next("write it like hosts: web,db or hosts: [web, db]")
        .failure();
  }
}

package dev.hearth.template.query;

import dev.hearth.template.python.PythonError;
import dev.hearth.value.Value;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads an expression by the strength with which its operators bind. */
final class QueryParser {

  /** Operators that bind less end a projection. */
  private static final int PROJECTION_ENDS = 10;

  private static final int DEEPEST = 200;
  private static final Query SELF = data -> data;

  private final List<QueryToken> tokens;
  private int next;
  private int depth;

  QueryParser(List<QueryToken> tokens) {
    this.tokens = tokens;
  }

  Query whole() {
    Query query = expression(0);
    if (!current().is("end")) {
      throw current().unexpected();
    }
    return query;
  }

  private QueryToken current() {
    return tokens.get(next);
  }

  private boolean ahead(int distance, String kind) {
    return tokens.get(Math.min(next + distance, tokens.size() - 1)).is(kind);
  }

  private QueryToken take() {
    QueryToken token = current();
    if (!token.is("end")) {
      next++;
    }
    return token;
  }

  private QueryToken expect(String kind) {
    if (!current().is(kind)) {
      throw current().unexpected();
    }
    return take();
  }

  private Query expression(int power) {
    if (++depth > DEEPEST) {
      throw new PythonError("has a query that is nested too deeply");
    }
    Query left = begin(take());
    while (power < current().power()) {
      left = join(left, take());
    }
    depth--;
    return left;
  }

  private Query begin(QueryToken token) {
    return switch (token.kind()) {
      case "name" ->
          current().is("(") ? Functions.call(text(token), arguments()) : Parts.field(text(token));
      case "quoted" -> Parts.field(text(token));
      case "literal" -> data -> token.value();
      case "@" -> SELF;
      case "*" -> Parts.values(SELF, projected(20));
      case "[" -> bracket();
      case "{" -> mapping();
      case "[]" -> Parts.projection(Parts.flattened(SELF), projected(9));
      case "[?" -> filter(SELF);
      case "!" -> Parts.not(expression(45));
      case "(" -> {
        Query inside = expression(0);
        expect(")");
        yield inside;
      }
      default -> throw token.unexpected();
    };
  }

  private Query join(Query left, QueryToken token) {
    return switch (token.kind()) {
      case "." -> current().is("*") ? starBehind(left) : Parts.chained(left, behindDot(40));
      case "|" -> Parts.chained(left, expression(1));
      case "||" -> Parts.or(left, expression(2));
      case "&&" -> Parts.and(left, expression(3));
      case "==", "!=", "<", "<=", ">", ">=" -> Parts.comparison(token.kind(), left, expression(5));
      case "[]" -> Parts.projection(Parts.flattened(left), projected(9));
      case "[?" -> filter(left);
      case "[" -> indexed(left);
      default -> throw token.unexpected();
    };
  }

  private Query starBehind(Query left) {
    take();
    return Parts.values(left, projected(20));
  }

  private static String text(QueryToken token) {
    return ((Value.Text) token.value()).value();
  }

  private List<Functions.Argument> arguments() {
    expect("(");
    List<Functions.Argument> arguments = new ArrayList<>();
    while (!current().is(")")) {
      if (!arguments.isEmpty()) {
        expect(",");
      }
      boolean reference = current().is("&");
      if (reference) {
        take();
      }
      arguments.add(new Functions.Argument(reference, expression(0)));
    }
    expect(")");
    return arguments;
  }

  private Query bracket() {
    if (current().is("number") || current().is(":")) {
      return indexed(SELF);
    }
    if (current().is("*") && ahead(1, "]")) {
      return indexed(SELF);
    }
    return list();
  }

  /** What stands behind an opening bracket that follows a value. */
  private Query indexed(Query left) {
    if (current().is("*")) {
      take();
      expect("]");
      return Parts.projection(left, projected(20));
    }
    if (current().is("number") && ahead(1, "]")) {
      BigInteger index = ((Value.Int) take().value()).value();
      expect("]");
      return Parts.index(left, index);
    }
    Value[] bounds = {Value.NULL, Value.NULL, Value.NULL};
    int part = 0;
    while (!current().is("]")) {
      if (current().is(":") && part < 2) {
        take();
        part++;
      } else if (current().is("number") && bounds[part].equals(Value.NULL)) {
        bounds[part] = take().value();
      } else {
        throw current().unexpected();
      }
    }
    if (part == 0) {
      throw current().unexpected();
    }
    expect("]");
    return Parts.projection(Parts.slice(left, bounds), projected(20));
  }

  private Query filter(Query left) {
    Query condition = expression(0);
    expect("]");
    Query right = current().is("[]") ? SELF : projected(21);
    return Parts.filtered(left, condition, right);
  }

  /** What is done with each item of a projection. */
  private Query projected(int power) {
    if (current().power() < PROJECTION_ENDS) {
      return SELF;
    }
    if (current().is("[") || current().is("[?")) {
      return expression(power);
    }
    if (current().is(".")) {
      take();
      return behindDot(power);
    }
    throw current().unexpected();
  }

  private Query behindDot(int power) {
    return switch (current().kind()) {
      case "name", "quoted", "*" -> expression(power);
      case "[" -> {
        take();
        yield list();
      }
      case "{" -> {
        take();
        yield mapping();
      }
      default -> throw current().unexpected();
    };
  }

  private Query list() {
    List<Query> items = new ArrayList<>();
    do {
      items.add(expression(0));
    } while (skip(","));
    expect("]");
    return Parts.list(items);
  }

  private Query mapping() {
    Map<String, Query> entries = new LinkedHashMap<>();
    do {
      QueryToken key = take();
      if (!key.is("name") && !key.is("quoted")) {
        throw key.unexpected();
      }
      expect(":");
      entries.put(text(key), expression(0));
    } while (skip(","));
    expect("}");
    return Parts.mapping(entries);
  }

  private boolean skip(String kind) {
    boolean found = current().is(kind);
    if (found) {
      take();
    }
    return found;
  }
}

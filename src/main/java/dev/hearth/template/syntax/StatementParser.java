package dev.hearth.template.syntax;

import dev.hearth.diag.Nearest;
import dev.hearth.template.syntax.Node.Branch;
import dev.hearth.template.syntax.Node.Parameter;
import dev.hearth.template.syntax.Node.Target;
import dev.hearth.template.syntax.Token.Kind;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Jinja's statements. */
final class StatementParser {

  private static final List<String> TAGS =
      List.of(
          "if",
          "for",
          "set",
          "macro",
          "call",
          "filter",
          "with",
          "include",
          "import",
          "from",
          "extends",
          "block",
          "autoescape",
          "raw",
          "elif",
          "else",
          "endif",
          "endfor",
          "endset",
          "endmacro",
          "endcall",
          "endfilter",
          "endwith",
          "endblock",
          "endautoescape",
          "endraw");

  private final Words words;
  private final ExpressionParser expressions;
  private final TermParser terms;
  private final TargetParser targets;
  private final ReuseParser reuse;
  private final Set<Extension> extensions;
  private final Set<String> blocks = new HashSet<>();
  private int loops;

  /**
   * @param extensions the extensions whose statements there are
   */
  StatementParser(Words words, Set<Extension> extensions) {
    this.words = words;
    this.extensions = extensions;
    this.expressions = new ExpressionParser(words);
    this.terms = new TermParser(words, expressions);
    this.targets = new TargetParser(words);
    this.reuse = new ReuseParser(words, expressions);
  }

  /** The whole template. */
  List<Node> template() {
    List<Node> body = body(Set.of());
    if (!words.is(Kind.END)) {
      throw words.unexpected("the end of the template");
    }
    return body;
  }

  /**
   * Statements up to a block tag with one of these names, whose begin is taken and whose name is
   * not.
   */
  private List<Node> body(Set<String> ends) {
    words.deepen();
    List<Node> nodes = new ArrayList<>();
    while (!words.is(Kind.END)) {
      Token token = words.take();
      switch (token.kind()) {
        case DATA -> nodes.add(new Node.Data(token.at(), token.text()));
        case VARIABLE_BEGIN -> nodes.add(output(token));
        default -> {
          if (words.is(Kind.NAME) && ends.contains(words.current().text())) {
            words.rise();
            return nodes;
          }
          nodes.add(statement());
        }
      }
    }
    if (!ends.isEmpty()) {
      throw words.unexpected(
          String.join(" or ", ends.stream().sorted().map(end -> "{% " + end + " %}").toList()));
    }
    words.rise();
    return nodes;
  }

  private Node output(Token begin) {
    if (words.is(Kind.VARIABLE_END)) {
      throw new SyntaxFailure(begin.at(), "the expression is empty", "write a value inside");
    }
    Expr value = expressions.tuple();
    words.expect(Kind.VARIABLE_END);
    return new Node.Output(begin.at(), value);
  }

  private Node statement() {
    Token tag = words.expect(Kind.NAME);
    return switch (tag.text()) {
      case "if" -> conditional(tag.at());
      case "for" -> loop(tag.at());
      case "set" -> assign(tag.at());
      case "macro" -> macro(tag.at());
      case "call" -> callBlock(tag.at());
      case "filter" -> filterBlock(tag.at());
      case "with" -> with(tag.at());
      case "block" -> block(tag.at());
      case "autoescape" -> autoescape(tag.at());
      case "include" -> closed(reuse.include(tag.at()));
      case "import" -> closed(reuse.importAll(tag.at()));
      case "from" -> closed(reuse.importNames(tag.at()));
      case "extends" -> closed(new Node.Extends(tag.at(), expressions.expression()));
      case "do" -> {
        requireExtension(tag, Extension.DO);
        yield closed(new Node.Do(tag.at(), expressions.tuple()));
      }
      case "break", "continue" -> {
        requireExtension(tag, Extension.LOOP_CONTROLS);
        if (loops == 0) {
          throw new SyntaxFailure(tag.at(), "'" + tag.text() + "' stands in no loop", "remove it");
        }
        yield closed(new Node.LoopControl(tag.at(), tag.text().equals("break")));
      }
      default -> throw unknown(tag);
    };
  }

  private static SyntaxFailure unknown(Token tag) {
    String next = Nearest.hint(tag.text(), TAGS, "");
    String summary =
        tag.text().startsWith("end") || tag.text().equals("else") || tag.text().equals("elif")
            ? "{% " + tag.text() + " %} closes nothing"
            : "there is no statement '" + tag.text() + "'";
    return new SyntaxFailure(tag.at(), summary, next);
  }

  private void requireExtension(Token tag, Extension extension) {
    if (!extensions.contains(extension)) {
      throw new SyntaxFailure(
          tag.at(),
          "there is no statement '" + tag.text() + "'",
          "it belongs to an extension: add "
              + extension.module()
              + " to jinja2_extensions in ansible.cfg"
              + (extension == Extension.DO ? ", or write {% set _ = … %}" : ""));
    }
  }

  /** The end of a tag that a body follows; a colon before it means nothing, as in Jinja. */
  private void opened() {
    words.skipOperator(":");
    words.expect(Kind.BLOCK_END);
  }

  private Node closed(Node node) {
    words.expect(Kind.BLOCK_END);
    return node;
  }

  /** A body up to its own end tag, which is taken whole. */
  private List<Node> bodyTo(String end) {
    opened();
    List<Node> body = body(Set.of(end));
    words.expectName(end);
    return body;
  }

  private Node conditional(int at) {
    List<Branch> branches = new ArrayList<>();
    List<Node> otherwise = List.of();
    String tag = "elif";
    while (tag.equals("elif")) {
      Expr condition = expressions.tuple();
      opened();
      branches.add(new Branch(condition, body(Set.of("elif", "else", "endif"))));
      tag = words.take().text();
    }
    if (tag.equals("else")) {
      otherwise = bodyTo("endif");
    }
    words.expect(Kind.BLOCK_END);
    return new Node.If(at, branches, otherwise);
  }

  private Node loop(int at) {
    Target target = targets.list();
    if (target instanceof Target.Variable variable && variable.name().equals("loop")) {
      throw new SyntaxFailure(
          variable.at(), "'loop' is what the loop itself is called", "choose another name");
    }
    words.expectName("in");
    Expr items = withoutChoice();
    Expr condition = words.skipName("if") ? expressions.expression() : null;
    boolean recursive = words.skipName("recursive");
    opened();
    loops++;
    List<Node> body = body(Set.of("endfor", "else"));
    loops--;
    List<Node> otherwise = words.take().text().equals("else") ? bodyTo("endfor") : List.of();
    words.expect(Kind.BLOCK_END);
    return new Node.For(at, target, items, condition, recursive, body, otherwise);
  }

  /** The items of a loop: a tuple may be written, but an {@code if} belongs to the loop. */
  private Expr withoutChoice() {
    int at = words.at();
    Expr first = expressions.withoutChoice();
    if (!words.isOperator(",")) {
      return first;
    }
    List<Expr> items = new ArrayList<>(List.of(first));
    while (words.skipOperator(",")) {
      if (words.is(Kind.BLOCK_END) || words.isName("if") || words.isName("recursive")) {
        break;
      }
      items.add(expressions.withoutChoice());
    }
    return new Expr.TupleOf(at, items);
  }

  private Node assign(int at) {
    Target target = targets.list();
    if (words.skipOperator("=")) {
      return closed(new Node.Assign(at, target, expressions.tuple()));
    }
    Expr filter = words.skipOperator("|") ? terms.filterChain() : null;
    List<Node> body = bodyTo("endset");
    return closed(new Node.AssignBlock(at, target, filter, body));
  }

  private Node macro(int at) {
    String name = words.expect(Kind.NAME).text();
    List<Parameter> parameters = parameters();
    List<Node> body = bodyTo("endmacro");
    words.skipName(name);
    return closed(new Node.Macro(at, name, parameters, body));
  }

  private List<Parameter> parameters() {
    List<Parameter> parameters = new ArrayList<>();
    words.expectOperator("(");
    while (!words.isOperator(")")) {
      Token name = words.expect(Kind.NAME);
      Expr fallback = words.skipOperator("=") ? expressions.expression() : null;
      if (fallback == null && !parameters.isEmpty() && parameters.getLast().fallback() != null) {
        throw new SyntaxFailure(
            name.at(),
            "the parameter '" + name.text() + "' needs a default",
            "parameters without a default come first");
      }
      parameters.add(new Parameter(name.at(), name.text(), fallback));
      if (!words.skipOperator(",")) {
        break;
      }
    }
    words.expectOperator(")");
    return parameters;
  }

  private Node callBlock(int at) {
    List<Parameter> parameters = words.isOperator("(") ? parameters() : List.of();
    int begin = words.at();
    if (!(expressions.expression() instanceof Expr.Call call)) {
      throw new SyntaxFailure(begin, "a call block calls a macro", "write {% call name(…) %}");
    }
    List<Node> body = bodyTo("endcall");
    return closed(new Node.CallBlock(at, call, parameters, body));
  }

  private Node filterBlock(int at) {
    Expr filter = terms.filterChain();
    return closed(new Node.FilterBlock(at, filter, bodyTo("endfilter")));
  }

  private Node with(int at) {
    List<Node.Assign> bindings = new ArrayList<>();
    while (!words.is(Kind.BLOCK_END)) {
      Target target = targets.single();
      words.expectOperator("=");
      bindings.add(new Node.Assign(words.at(), target, expressions.expression()));
      if (!words.skipOperator(",")) {
        break;
      }
    }
    return closed(new Node.With(at, bindings, bodyTo("endwith")));
  }

  /** Ansible's results are never escaped by themselves, so this is only a scope of its own. */
  private Node autoescape(int at) {
    expressions.expression();
    return closed(new Node.With(at, List.of(), bodyTo("endautoescape")));
  }

  private Node block(int at) {
    Token named = words.expect(Kind.NAME);
    String name = named.text();
    if (!blocks.add(name)) {
      throw new SyntaxFailure(
          named.at(), "the block '" + name + "' is there twice", "give one another name");
    }
    boolean scoped = words.skipName("scoped");
    boolean required = words.skipName("required");
    scoped |= words.skipName("scoped");
    List<Node> body = bodyTo("endblock");
    words.skipName(name);
    return closed(new Node.Block(at, name, scoped, required, body));
  }
}

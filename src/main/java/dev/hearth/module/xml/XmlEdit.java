package dev.hearth.module.xml;

import dev.hearth.value.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.w3c.dom.Attr;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

/**
 * Reads and edits what an expression finds in a document. Every method throws {@link XmlFault} when
 * the expression is wrong or what it asks for cannot be done.
 */
public final class XmlEdit {

  private final XmlDocument document;
  private final XmlSearch search;
  private final String expression;
  private final XmlChildren children;

  /**
   * Of that document.
   *
   * @param expression XPath
   * @param namespaces what its prefixes mean
   */
  public XmlEdit(XmlDocument document, String expression, Map<String, String> namespaces) {
    this.document = document;
    this.search = new XmlSearch(namespaces);
    this.expression = expression;
    this.children = new XmlChildren(document.dom());
  }

  /** Where all is that it finds. */
  public List<String> places() {
    return found().stream().map(XmlSearch::path).toList();
  }

  /** How many places it finds anywhere in the document. */
  public long count() {
    String anywhere = expression.startsWith("//") ? expression : "/" + expression;
    return (long) search.number(document.dom(), "count(" + anywhere + ")");
  }

  /** The text of each element that it finds, by the element's name. */
  public List<Value> texts() {
    return elements().stream()
        .map(
            element ->
                entry(
                    element,
                    XmlDocument.textOf(element).<Value>map(Value::text).orElse(Value.NULL)))
        .toList();
  }

  /** The attributes of each element that it finds, by the element's name. */
  public List<Value> attributes() {
    List<Value> all = new ArrayList<>();
    for (Element element : elements()) {
      Map<String, Value> values = new LinkedHashMap<>();
      XmlAttributes.plain(element)
          .forEach(attribute -> values.put(full(attribute), Value.text(attribute.getValue())));
      all.add(entry(element, Value.Dict.ofTexts(values)));
    }
    return all;
  }

  /** Removes all that it finds. */
  public void remove() {
    for (Node node : found()) {
      switch (node) {
        case Attr attribute -> XmlAttributes.remove(attribute);
        case Element root when root.getParentNode() == document.dom() ->
            throw new XmlFault("it finds the root, which a document cannot lose");
        case Node text when XmlDocument.isText(text) ->
            throw new XmlFault("it finds a text; only elements and attributes can be removed");
        default -> {
          if (node.getParentNode() != null) {
            XmlDocument.remove(node);
          }
        }
      }
    }
  }

  /** Gives all that it finds these children and no others. */
  public void setChildren(List<Value> wanted, boolean xml) {
    List<Element> made = children.all(wanted, xml);
    List<String> texts = made.stream().map(XmlWriter::node).toList();
    for (Node match : found()) {
      List<Node> now =
          XmlDocument.children(match).stream().filter(node -> !XmlDocument.isText(node)).toList();
      if (!now.stream().map(XmlWriter::node).toList().equals(texts)) {
        now.forEach(XmlDocument::remove);
        made.forEach(child -> insert(match, child, null));
      }
    }
  }

  /** Gives the last of what it finds these children as well. */
  public void addChildren(List<Value> wanted, boolean xml) {
    if (search.findsElement(document.dom(), expression)) {
      List<Element> made = children.all(wanted, xml);
      for (Node match : found()) {
        made.forEach(child -> insert(match, child, null));
      }
    }
  }

  /** Puts these elements in front of the first or behind the last of what it finds. */
  public void insertBeside(List<Value> wanted, boolean xml, boolean before) {
    if (!search.findsElement(document.dom(), expression)) {
      return;
    }
    Node mark = before ? found().getFirst() : found().getLast();
    Node parent = Objects.requireNonNull(mark.getParentNode());
    if (parent == document.dom()) {
      throw new XmlFault("it finds the root; nothing can stand beside that");
    }
    Node behind = mark;
    if (!before) {
      behind = mark.getNextSibling();
      while (behind != null && XmlDocument.isText(behind)) {
        behind = behind.getNextSibling();
      }
    }
    for (Element child : children.all(wanted, xml)) {
      insert(parent, child, behind);
    }
  }

  /** Makes sure that it finds something, as far as the expression is simple. */
  public void make() {
    if (!search.findsElement(document.dom(), expression)) {
      make(document.dom(), expression);
    }
  }

  /** Gives all that it finds this text, or the attribute this value. */
  public void set(Optional<String> attribute, String value) {
    make();
    if (!search.findsElement(document.dom(), expression)) {
      throw new XmlFault("it finds no element, and none can be made from it");
    }
    for (Element element : elements()) {
      if (attribute.isPresent()) {
        setAttribute(element, attribute.get(), Optional.of(value));
      } else if (!XmlDocument.textOf(element).equals(Optional.of(value))) {
        XmlDocument.setText(element, value);
      }
    }
  }

  private void make(Node from, String wanted) {
    XmlTarget target =
        XmlTarget.of(wanted)
            .filter(it -> !it.parent().isEmpty())
            .orElseThrow(
                () -> new XmlFault("it finds nothing, and is not simple enough to be made"));
    if (!search.findsElement(from, target.parent())) {
      make(from, target.parent());
    }
    if (!search.findsElement(from, target.parent())) {
      return;
    }
    List<Element> parents = elements(search.nodes(from, target.parent()));
    switch (target.kind()) {
      case ELEMENT -> {
        Element made = children.named(clark(target.name()));
        target
            .value()
            .filter(text -> !text.isEmpty())
            .ifPresent(text -> XmlDocument.setText(made, text));
        parents.forEach(parent -> insert(parent, made, null));
      }
      case ATTRIBUTE ->
          parents.forEach(parent -> setAttribute(parent, target.name(), target.value()));
      case CONDITIONS -> {
        Element made = children.named(clark(target.name()));
        for (Element parent : parents) {
          Element there = insert(parent, made, null);
          target.parts().forEach(part -> make(there, "./" + part));
        }
      }
      case TEXT -> {
        for (Element parent : parents) {
          if (!XmlDocument.textOf(parent).equals(target.value())) {
            XmlDocument.setText(parent, target.value().orElse(""));
          }
        }
      }
    }
  }

  private void setAttribute(Element element, String name, Optional<String> value) {
    String clark = clark(name);
    int end = clark.startsWith("{") ? clark.indexOf('}') : -1;
    String space = end < 0 ? null : clark.substring(1, end);
    String local = clark.substring(end + 1);
    if (element.hasAttributeNS(space, local)) {
      String now = element.getAttributeNS(space, local);
      if (value.isPresent() && !value.get().equals(now)) {
        element.getAttributeNodeNS(space, local).setValue(value.get());
      }
      return;
    }
    XmlAttributes.set(
        element,
        space,
        space == null ? local : XmlAttributes.qualified(element, space, local, true),
        value.orElse(""));
  }

  /** The name with its namespace instead of a prefix. */
  private String clark(String name) {
    int colon = name.indexOf(':');
    if (colon < 0) {
      return name;
    }
    String space = search.namespaces().get(name.substring(0, colon));
    if (space == null) {
      throw new XmlFault(
          "namespaces says nothing about the prefix '" + name.substring(0, colon) + "'");
    }
    return "{" + space + "}" + name.substring(colon + 1);
  }

  /** Puts an element there, under the name that its namespace has there. */
  private Element insert(
      Node parent, Element child, @org.jspecify.annotations.Nullable Node behind) {
    parent.insertBefore(child, behind);
    String space = child.getNamespaceURI();
    if (space != null && child.getPrefix() == null && XmlAttributes.of(child).isEmpty()) {
      String name = XmlAttributes.qualified(child, space, child.getLocalName(), false);
      document.dom().renameNode(child, space, name);
    }
    return child;
  }

  private List<Node> found() {
    return search.nodes(document.dom(), expression);
  }

  private List<Element> elements() {
    List<Element> elements = elements(found());
    if (elements.isEmpty()) {
      throw new XmlFault("it finds no element");
    }
    return elements;
  }

  private static List<Element> elements(List<Node> nodes) {
    return nodes.stream().filter(Element.class::isInstance).map(Element.class::cast).toList();
  }

  private static Value entry(Element element, Value value) {
    return Value.Dict.ofTexts(Map.of(full(element), value));
  }

  private static String full(Node named) {
    String local = named.getLocalName() == null ? named.getNodeName() : named.getLocalName();
    return named.getNamespaceURI() == null ? local : "{" + named.getNamespaceURI() + "}" + local;
  }
}

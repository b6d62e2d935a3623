package dev.hearth.module.xml;

import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import javax.xml.XMLConstants;
import javax.xml.namespace.NamespaceContext;
import javax.xml.xpath.XPath;
import javax.xml.xpath.XPathConstants;
import javax.xml.xpath.XPathEvaluationResult;
import javax.xml.xpath.XPathExpressionException;
import javax.xml.xpath.XPathFactory;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;

/**
 * Finds nodes with XPath 1.0.
 *
 * @param namespaces what the prefixes in expressions mean
 */
record XmlSearch(Map<String, String> namespaces) {

  /**
   * The nodes.
   *
   * @throws XmlFault when the expression is wrong or tells no nodes
   */
  List<Node> nodes(Node from, String expression) {
    NodeList found = (NodeList) evaluate(from, expression, XPathConstants.NODESET);
    return IntStream.range(0, found.getLength()).mapToObj(found::item).toList();
  }

  /** The number that it comes to. */
  double number(Node from, String expression) {
    return (Double) evaluate(from, expression, XPathConstants.NUMBER);
  }

  /**
   * Whether the first node that it finds is an element or a comment; of an expression that
   * compares, whether it holds.
   */
  boolean findsElement(Node from, String expression) {
    if (compares(from, expression)) {
      return (Boolean) evaluate(from, expression, XPathConstants.BOOLEAN);
    }
    List<Node> found = nodes(from, expression);
    return !found.isEmpty()
        && switch (found.getFirst().getNodeType()) {
          case Node.ELEMENT_NODE, Node.COMMENT_NODE, Node.PROCESSING_INSTRUCTION_NODE -> true;
          default -> false;
        };
  }

  private boolean compares(Node from, String expression) {
    try {
      return xpath().evaluateExpression(expression, from).type()
          == XPathEvaluationResult.XPathResultType.BOOLEAN;
    } catch (XPathExpressionException wrong) {
      throw new XmlFault(reason(wrong));
    }
  }

  private XPath xpath() {
    XPath xpath = XPathFactory.newDefaultInstance().newXPath();
    xpath.setNamespaceContext(new Prefixes(namespaces));
    return xpath;
  }

  private Object evaluate(Node from, String expression, javax.xml.namespace.QName kind) {
    try {
      return xpath().evaluate(expression, from, kind);
    } catch (XPathExpressionException wrong) {
      throw new XmlFault(reason(wrong));
    }
  }

  private static String reason(XPathExpressionException wrong) {
    Throwable cause = wrong;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    String said = String.valueOf(cause.getMessage());
    return said.replaceFirst("^javax\\.xml\\.\\S+: ", "");
  }

  /** Where a node is, as an expression that finds nothing else. */
  static String path(Node node) {
    Node parent = node.getParentNode();
    if (node instanceof Document || parent == null) {
      return "";
    }
    String name =
        switch (node.getNodeType()) {
          case Node.COMMENT_NODE -> "comment()";
          case Node.PROCESSING_INSTRUCTION_NODE ->
              "processing-instruction('" + node.getNodeName() + "')";
          case Node.ELEMENT_NODE -> nameInPath((Element) node);
          default ->
              throw new XmlFault(
                  "it finds what is no element; print_match shows the places of elements only");
        };
    List<Node> alike =
        XmlDocument.children(parent).stream().filter(each -> like(node, each, name)).toList();
    String index = alike.size() > 1 ? "[" + (alike.indexOf(node) + 1) + "]" : "";
    return path(parent) + "/" + name + index;
  }

  private static boolean like(Node node, Node other, String name) {
    return node.getNodeType() == other.getNodeType()
        && (name.equals("*") || node.getNodeName().equals(other.getNodeName()));
  }

  /** An element of the default namespace has no name that an expression could use. */
  private static String nameInPath(Element element) {
    return element.getNamespaceURI() != null && element.getPrefix() == null
        ? "*"
        : element.getNodeName();
  }

  private record Prefixes(Map<String, String> namespaces) implements NamespaceContext {

    @Override
    public @Nullable String getNamespaceURI(String prefix) {
      return prefix.equals("xml") ? XMLConstants.XML_NS_URI : namespaces.get(prefix);
    }

    @Override
    public @Nullable String getPrefix(String space) {
      return null;
    }

    @Override
    public Iterator<String> getPrefixes(String space) {
      return List.<String>of().iterator();
    }
  }
}

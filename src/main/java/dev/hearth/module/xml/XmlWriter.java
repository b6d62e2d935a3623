package dev.hearth.module.xml;

import org.w3c.dom.Attr;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

/** Writes XML as libxml2 does: UTF-8, attributes in double quotes, two blanks for each level. */
final class XmlWriter {

  private final StringBuilder out = new StringBuilder();

  private XmlWriter() {}

  /** The whole document with its declaration. */
  static String document(Document document, boolean pretty) {
    XmlWriter writer = new XmlWriter();
    writer.out.append("<?xml version='1.0' encoding='UTF-8'?>\n");
    int number = 0;
    for (Node node : XmlDocument.children(document)) {
      if (Integer.valueOf(number++).equals(document.getUserData(XmlReader.DOCTYPE_AFTER))) {
        writer.out.append(document.getUserData(XmlReader.DOCTYPE));
      }
      writer.node(node, pretty, 0);
      if (pretty) {
        writer.out.append('\n');
      }
    }
    return writer.out.toString();
  }

  /** One node alone. */
  static String node(Node node) {
    XmlWriter writer = new XmlWriter();
    writer.node(node, false, 0);
    return writer.out.toString();
  }

  private void node(Node node, boolean pretty, int level) {
    switch (node.getNodeType()) {
      case Node.ELEMENT_NODE -> element((Element) node, pretty, level);
      case Node.TEXT_NODE -> text(node.getNodeValue());
      case Node.CDATA_SECTION_NODE ->
          out.append("<![CDATA[").append(node.getNodeValue()).append("]]>");
      case Node.COMMENT_NODE -> out.append("<!--").append(node.getNodeValue()).append("-->");
      case Node.PROCESSING_INSTRUCTION_NODE -> {
        out.append("<?").append(node.getNodeName());
        if (!node.getNodeValue().isEmpty()) {
          out.append(' ').append(node.getNodeValue());
        }
        out.append("?>");
      }
      default -> throw new IllegalStateException("a node of type " + node.getNodeType());
    }
  }

  private void element(Element element, boolean pretty, int level) {
    out.append('<').append(element.getNodeName());
    for (Attr attribute : XmlAttributes.of(element)) {
      out.append(' ').append(attribute.getName()).append("=\"");
      attribute(attribute.getValue());
      out.append('"');
    }
    if (element.getFirstChild() == null) {
      out.append("/>");
      return;
    }
    out.append('>');
    boolean inner = pretty && !XmlDocument.hasText(element);
    for (Node node = element.getFirstChild(); node != null; node = node.getNextSibling()) {
      if (inner) {
        out.append('\n').append("  ".repeat(level + 1));
      }
      node(node, inner, level + 1);
    }
    if (inner) {
      out.append('\n').append("  ".repeat(level));
    }
    out.append("</").append(element.getNodeName()).append('>');
  }

  private void text(String text) {
    for (int i = 0; i < text.length(); i++) {
      char character = text.charAt(i);
      switch (character) {
        case '<' -> out.append("&lt;");
        case '>' -> out.append("&gt;");
        case '&' -> out.append("&amp;");
        case '\r' -> out.append("&#13;");
        default -> out.append(character);
      }
    }
  }

  private void attribute(String text) {
    for (int i = 0; i < text.length(); i++) {
      char character = text.charAt(i);
      switch (character) {
        case '<' -> out.append("&lt;");
        case '>' -> out.append("&gt;");
        case '&' -> out.append("&amp;");
        case '"' -> out.append("&quot;");
        case '\n' -> out.append("&#10;");
        case '\r' -> out.append("&#13;");
        case '\t' -> out.append("&#9;");
        default -> out.append(character);
      }
    }
  }
}

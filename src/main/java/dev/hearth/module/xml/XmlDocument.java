package dev.hearth.module.xml;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;

/** An XML text that was read. */
public final class XmlDocument {

  private final Document document;

  private XmlDocument(Document document) {
    this.document = document;
  }

  /**
   * Reads it.
   *
   * @param withoutBlanks whether blanks between elements are forgotten
   * @param plainCdata whether CDATA becomes plain text
   * @throws XmlFault when it is no XML
   */
  public static XmlDocument read(byte[] text, boolean withoutBlanks, boolean plainCdata) {
    Document document = XmlReader.read(text);
    if (plainCdata) {
      plain(document.getDocumentElement());
    }
    if (withoutBlanks) {
      dropBlanks(document.getDocumentElement());
    }
    return new XmlDocument(document);
  }

  Document dom() {
    return document;
  }

  /** Its text, with a declaration in front. */
  public String text(boolean pretty) {
    return XmlWriter.document(document, pretty);
  }

  /** What it says: two documents that differ in blanks between elements only say the same. */
  public String meaning() {
    Document copy = XmlReader.read(text(false).getBytes(java.nio.charset.StandardCharsets.UTF_8));
    plain(copy.getDocumentElement());
    dropBlanks(copy.getDocumentElement());
    return XmlWriter.document(copy, false);
  }

  static List<Node> children(Node parent) {
    NodeList nodes = parent.getChildNodes();
    return new ArrayList<>(IntStream.range(0, nodes.getLength()).mapToObj(nodes::item).toList());
  }

  static boolean isText(Node node) {
    return node.getNodeType() == Node.TEXT_NODE || node.getNodeType() == Node.CDATA_SECTION_NODE;
  }

  static boolean hasText(Element element) {
    return children(element).stream().anyMatch(XmlDocument::isText);
  }

  /** The text in front of its first child; empty when there is none. */
  static Optional<String> textOf(Element element) {
    StringBuilder text = new StringBuilder();
    boolean any = false;
    for (Node node : children(element)) {
      if (!isText(node)) {
        break;
      }
      any = true;
      text.append(node.getNodeValue());
    }
    return any ? Optional.of(text.toString()) : Optional.empty();
  }

  /** Gives it another text in front of its first child. */
  static void setText(Element element, String text) {
    for (Node node : children(element)) {
      if (!isText(node)) {
        break;
      }
      element.removeChild(node);
    }
    element.insertBefore(element.getOwnerDocument().createTextNode(text), element.getFirstChild());
  }

  /** Removes a node and the text behind it, which belongs to it. */
  static void remove(Node node) {
    Node parent = java.util.Objects.requireNonNull(node.getParentNode());
    for (Node next = node.getNextSibling();
        next != null && isText(next);
        next = node.getNextSibling()) {
      parent.removeChild(next);
    }
    parent.removeChild(node);
  }

  private static void plain(Element element) {
    for (Node node : children(element)) {
      if (node.getNodeType() == Node.CDATA_SECTION_NODE) {
        Node before = node.getPreviousSibling();
        if (before != null && before.getNodeType() == Node.TEXT_NODE) {
          before.setNodeValue(before.getNodeValue() + node.getNodeValue());
          element.removeChild(node);
        } else {
          element.replaceChild(
              element.getOwnerDocument().createTextNode(node.getNodeValue()), node);
        }
      } else if (node.getNodeType() == Node.TEXT_NODE
          && node.getPreviousSibling() != null
          && node.getPreviousSibling().getNodeType() == Node.TEXT_NODE) {
        Node before = node.getPreviousSibling();
        before.setNodeValue(before.getNodeValue() + node.getNodeValue());
        element.removeChild(node);
      } else if (node instanceof Element inner) {
        plain(inner);
      }
    }
  }

  /**
   * A blank text stays where it is all that the element has, and where the element has other text
   * in front of it, as libxml2 decides it.
   */
  private static void dropBlanks(Element element) {
    for (Node node : children(element)) {
      if (node instanceof Element inner) {
        dropBlanks(inner);
      } else if (node.getNodeType() == Node.TEXT_NODE
          && node.getNodeValue()
              .chars()
              .allMatch(c -> c == ' ' || c == '\t' || c == '\n' || c == '\r')) {
        Node before = node.getPreviousSibling();
        boolean alone = before == null && node.getNextSibling() == null;
        boolean mixed = before != null && (isText(before) || isText(element.getFirstChild()));
        if (!alone && !mixed) {
          element.removeChild(node);
        }
      }
    }
  }
}

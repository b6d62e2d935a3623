package dev.hearth.module.xml;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.parsers.SAXParser;
import javax.xml.parsers.SAXParserFactory;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.Attributes;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;
import org.xml.sax.SAXParseException;
import org.xml.sax.ext.Attributes2;
import org.xml.sax.ext.DefaultHandler2;

/**
 * Reads XML into a DOM that also knows the order of attributes, what is CDATA, and the document
 * type as it was written. Nothing outside of the text is read: external entities and document types
 * are left alone.
 */
final class XmlReader extends DefaultHandler2 {

  /** Where the document keeps the text of its type, and the number of nodes in front of that. */
  static final String DOCTYPE = "doctype";

  static final String DOCTYPE_AFTER = "doctype after";

  private final Document document;
  private final String source;
  private Node at;
  private boolean cdata;
  private boolean typed;

  private XmlReader(Document document, String source) {
    this.document = document;
    this.source = source;
    this.at = document;
  }

  /**
   * Reads a text.
   *
   * @throws XmlFault when it is no XML
   */
  static Document read(byte[] text) {
    try {
      SAXParserFactory factory = SAXParserFactory.newDefaultNSInstance();
      factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
      factory.setFeature("http://xml.org/sax/features/namespace-prefixes", true);
      factory.setFeature("http://xml.org/sax/features/external-general-entities", false);
      factory.setFeature("http://xml.org/sax/features/external-parameter-entities", false);
      factory.setFeature("http://apache.org/xml/features/nonvalidating/load-external-dtd", false);
      SAXParser parser = factory.newSAXParser();
      Document document =
          DocumentBuilderFactory.newDefaultNSInstance().newDocumentBuilder().newDocument();
      XmlReader reader = new XmlReader(document, new String(text, StandardCharsets.UTF_8));
      parser.setProperty("http://xml.org/sax/properties/lexical-handler", reader);
      parser.parse(new ByteArrayInputStream(text), reader);
      return document;
    } catch (SAXParseException wrong) {
      throw new XmlFault(
          "line "
              + wrong.getLineNumber()
              + ", column "
              + wrong.getColumnNumber()
              + ": "
              + told(wrong));
    } catch (SAXException wrong) {
      throw new XmlFault(told(wrong));
    } catch (IOException | ParserConfigurationException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static String told(SAXException wrong) {
    return String.valueOf(wrong.getMessage());
  }

  /** The parser must not look for anything on this machine or in the network. */
  @Override
  public InputSource resolveEntity(
      @Nullable String name, @Nullable String publicId, @Nullable String base, String systemId) {
    return new InputSource(new StringReader(""));
  }

  /** To leave out what it means would lose it when the text is written again. */
  @Override
  public void skippedEntity(String name) throws SAXException {
    if (!typed) {
      throw new SAXException("the entity &" + name + "; lies outside of the text and is not read");
    }
  }

  @Override
  public void error(SAXParseException wrong) throws SAXException {
    throw wrong;
  }

  @Override
  public void startDTD(String name, @Nullable String publicId, @Nullable String systemId) {
    StringBuilder text = new StringBuilder("<!DOCTYPE ").append(name);
    if (publicId != null) {
      text.append(" PUBLIC \"").append(publicId).append('"');
    } else if (systemId != null) {
      text.append(" SYSTEM");
    }
    if (systemId != null) {
      text.append(" \"").append(systemId).append('"');
    }
    text.append(inner()).append(">\n");
    document.setUserData(DOCTYPE, text.toString(), null);
    document.setUserData(DOCTYPE_AFTER, document.getChildNodes().getLength(), null);
    typed = true;
  }

  @Override
  public void endDTD() {
    typed = false;
  }

  /** The declarations between the brackets, as they were written. */
  private String inner() {
    int start = source.indexOf("<!DOCTYPE");
    int position = start;
    int open = -1;
    while (position >= 0 && position < source.length()) {
      char character = source.charAt(position);
      if (character == '"' || character == '\'') {
        position = source.indexOf(character, position + 1);
      } else if (source.startsWith("<!--", position)) {
        position = source.indexOf("-->", position);
      } else if (character == '[' && open < 0) {
        open = position;
      } else if (character == ']' && open >= 0) {
        return " [\n" + source.substring(open + 1, position).strip() + "\n]";
      } else if (character == '>' && open < 0) {
        return "";
      }
      position = position < 0 ? position : position + 1;
    }
    return "";
  }

  @Override
  public void startElement(
      @Nullable String space, @Nullable String local, String name, Attributes attributes) {
    Element element =
        document.createElementNS(space == null || space.isEmpty() ? null : space, name);
    for (int i = 0; i < attributes.getLength(); i++) {
      if (!(attributes instanceof Attributes2 more) || more.isSpecified(i)) {
        String attribute = attributes.getQName(i);
        XmlAttributes.set(
            element, spaceOf(attribute, attributes.getURI(i)), attribute, attributes.getValue(i));
      }
    }
    at.appendChild(element);
    at = element;
  }

  private static @Nullable String spaceOf(String name, @Nullable String space) {
    if (name.equals("xmlns") || name.startsWith("xmlns:")) {
      return XMLConstants.XMLNS_ATTRIBUTE_NS_URI;
    }
    return space == null || space.isEmpty() ? null : space;
  }

  @Override
  public void endElement(@Nullable String space, @Nullable String local, String name) {
    at = java.util.Objects.requireNonNull(at.getParentNode());
  }

  @Override
  public void characters(char[] characters, int start, int length) {
    if (at == document) {
      return;
    }
    String text = new String(characters, start, length);
    Node last = at.getLastChild();
    short kind = cdata ? Node.CDATA_SECTION_NODE : Node.TEXT_NODE;
    if (last != null && last.getNodeType() == kind && last.getUserData("closed") == null) {
      last.setNodeValue(last.getNodeValue() + text);
    } else {
      at.appendChild(cdata ? document.createCDATASection(text) : document.createTextNode(text));
    }
  }

  @Override
  public void ignorableWhitespace(char[] characters, int start, int length) {
    characters(characters, start, length);
  }

  @Override
  public void startCDATA() {
    cdata = true;
  }

  @Override
  public void endCDATA() {
    cdata = false;
    Node last = at.getLastChild();
    if (last != null) {
      last.setUserData("closed", "closed", null);
    }
  }

  @Override
  public void comment(char[] characters, int start, int length) {
    if (!typed) {
      at.appendChild(document.createComment(new String(characters, start, length)));
    }
  }

  @Override
  public void processingInstruction(String target, String data) {
    if (!typed) {
      at.appendChild(document.createProcessingInstruction(target, data));
    }
  }
}

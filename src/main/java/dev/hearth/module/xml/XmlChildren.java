package dev.hearth.module.xml;

import dev.hearth.value.Value;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

/** Makes elements from what a playbook says about them. */
final class XmlChildren {

  private final Document document;

  /** They will belong to that document. */
  XmlChildren(Document document) {
    this.document = document;
  }

  /** Each from a text in XML, or from a name or a mapping. */
  List<Element> all(List<Value> wanted, boolean xml) {
    return wanted.stream().map(each -> xml ? parsed(each) : described(each)).toList();
  }

  private Element parsed(Value wanted) {
    if (!(wanted instanceof Value.Textual text)) {
      throw new XmlFault("with input_type xml each child must be a text in XML");
    }
    Document read;
    try {
      read = XmlReader.read(text.reveal().getBytes(StandardCharsets.UTF_8));
    } catch (XmlFault wrong) {
      throw new XmlFault("a child is no XML: " + wrong.getMessage());
    }
    return copy(read.getDocumentElement());
  }

  /** The order of attributes would not come with a node that another document adopts. */
  private Element copy(Element from) {
    Element made = document.createElementNS(from.getNamespaceURI(), from.getNodeName());
    XmlAttributes.of(from)
        .forEach(
            attribute ->
                XmlAttributes.set(
                    made, attribute.getNamespaceURI(), attribute.getName(), attribute.getValue()));
    XmlDocument.children(from)
        .forEach(
            node ->
                made.appendChild(
                    node instanceof Element inner ? copy(inner) : document.importNode(node, true)));
    return made;
  }

  private Element described(Value wanted) {
    return switch (wanted) {
      case Value.Textual name -> named(name.reveal());
      case Value.Dict mapping -> mapped(mapping);
      default -> throw new XmlFault("a child must be a name or a mapping with one key");
    };
  }

  private Element mapped(Value.Dict mapping) {
    if (mapping.entries().size() != 1) {
      throw new XmlFault("a child that is a mapping has one key, the element's name");
    }
    Map.Entry<Value, Value> entry = mapping.entries().entrySet().iterator().next();
    Element element = named(text(entry.getKey(), "an element's name"));
    switch (entry.getValue()) {
      case Value.Dict parts -> fill(element, parts);
      case Value.Null none -> {}
      default ->
          XmlDocument.setText(
              element, text(entry.getValue(), "the text of " + element.getNodeName()));
    }
    return element;
  }

  private void fill(Element element, Value.Dict parts) {
    @Nullable Value text = null;
    for (Map.Entry<Value, Value> part : parts.entries().entrySet()) {
      String name = text(part.getKey(), "an attribute's name");
      switch (name) {
        case "_" -> {
          if (!(part.getValue() instanceof Value.Seq list)) {
            throw new XmlFault("what stands under '_' must be a list of children");
          }
          all(list.items(), false).forEach(element::appendChild);
        }
        case "+value" -> text = part.getValue();
        default -> XmlAttributes.set(element, null, name(name), text(part.getValue(), name));
      }
    }
    if (text != null && text != Value.NULL) {
      XmlDocument.setText(element, text(text, "the text of " + element.getNodeName()));
    }
  }

  private static String text(Value value, String what) {
    if (value instanceof Value.Textual text) {
      return text.reveal();
    }
    throw new XmlFault(what + " must be a text; write it in quotes");
  }

  /** An empty element; {@code {namespace}name} is one of a namespace. */
  Element named(String name) {
    int end = name.startsWith("{") ? name.indexOf('}') : -1;
    return end < 0
        ? document.createElementNS(null, name(name))
        : document.createElementNS(name.substring(1, end), name(name.substring(end + 1)));
  }

  private static String name(String name) {
    if (!name.matches("[\\p{L}_][\\p{L}\\p{N}_.\\-]*")) {
      throw new XmlFault("'" + name + "' cannot be the name of an element or attribute");
    }
    return name;
  }
}

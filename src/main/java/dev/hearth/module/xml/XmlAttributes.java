package dev.hearth.module.xml;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import javax.xml.XMLConstants;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Attr;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

/**
 * The attributes of an element in the order in which they were written, which the DOM forgets.
 * Declarations of namespaces are attributes too and come first.
 */
final class XmlAttributes {

  private static final String ORDER = "order";

  private XmlAttributes() {}

  /** Sets one; a new one comes last. */
  static void set(Element element, @Nullable String space, String name, String value) {
    element.setAttributeNS(space, name, value);
    List<String> order = order(element);
    if (!order.contains(name)) {
      order.add(name);
    }
  }

  /** Takes one away. */
  static void remove(Attr attribute) {
    Element element = attribute.getOwnerElement();
    order(element).remove(attribute.getName());
    element.removeAttributeNode(attribute);
  }

  /** All of them, declarations first. */
  static List<Attr> of(Element element) {
    List<Attr> declarations = new ArrayList<>();
    List<Attr> others = new ArrayList<>();
    for (String name : order(element)) {
      Attr attribute = element.getAttributeNode(name);
      (declares(attribute) ? declarations : others).add(attribute);
    }
    declarations.addAll(others);
    return declarations;
  }

  /** Those that are no declarations. */
  static List<Attr> plain(Element element) {
    return of(element).stream().filter(attribute -> !declares(attribute)).toList();
  }

  /**
   * The name with a prefix that means that namespace at the element; declares one when there is
   * none.
   *
   * @param prefixed whether the default namespace will not do, as for attributes
   */
  static String qualified(Element at, String space, String local, boolean prefixed) {
    String prefix = prefixOf(at, space, prefixed);
    if (prefix == null) {
      int number = 0;
      while (at.lookupNamespaceURI("ns" + number) != null) {
        number++;
      }
      prefix = "ns" + number;
      set(at, XMLConstants.XMLNS_ATTRIBUTE_NS_URI, "xmlns:" + prefix, space);
    }
    return prefix.isEmpty() ? local : prefix + ":" + local;
  }

  private static @Nullable String prefixOf(Element at, String space, boolean prefixed) {
    for (Node node = at; node instanceof Element element; node = element.getParentNode()) {
      for (Attr attribute : of(element)) {
        if (!declares(attribute) || !attribute.getValue().equals(space)) {
          continue;
        }
        String prefix = attribute.getPrefix() == null ? "" : attribute.getLocalName();
        boolean hidden =
            !Objects.equals(at.lookupNamespaceURI(prefix.isEmpty() ? null : prefix), space);
        if (!hidden && !(prefixed && prefix.isEmpty())) {
          return prefix;
        }
      }
    }
    return null;
  }

  private static boolean declares(Attr attribute) {
    return XMLConstants.XMLNS_ATTRIBUTE_NS_URI.equals(attribute.getNamespaceURI());
  }

  @SuppressWarnings("unchecked") // nobody else sets it
  private static List<String> order(Element element) {
    Object known = element.getUserData(ORDER);
    if (known != null) {
      return (List<String>) known;
    }
    List<String> order = new ArrayList<>();
    element.setUserData(ORDER, order, null);
    return order;
  }
}

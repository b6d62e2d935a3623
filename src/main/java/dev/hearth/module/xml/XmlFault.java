package dev.hearth.module.xml;

/** A text that is no XML, an expression that is no XPath, or an edit that cannot be made. */
public final class XmlFault extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** Says what is wrong. */
  public XmlFault(String message) {
    super(message);
  }
}

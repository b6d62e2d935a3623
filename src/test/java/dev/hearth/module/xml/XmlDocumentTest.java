package dev.hearth.module.xml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What lxml 5.4 writes for the same texts. */
class XmlDocumentTest {

  private static final String TEXT =
      """
      <?xml version="1.0" encoding="utf-8"?>
      <!-- c1 -->
      <!DOCTYPE cfg [
        <!ENTITY foo "bar">
      ]>
      <?pi x?>
      <cfg b='1'   a="2&quot;&#10;" xmlns:x="urn:x" x:c = "3">
        <t>a &gt; b &foo; <![CDATA[x<y]]></t>
        <e></e> <f/>  <x:g>&#13;</x:g>
      </cfg>
      <!-- end -->
      """;

  @Test
  void writesWhatItRead() {
    assertThat(read(TEXT, false).text(false))
        .isEqualTo(
            """
            <?xml version='1.0' encoding='UTF-8'?>
            <!-- c1 --><!DOCTYPE cfg [
            <!ENTITY foo "bar">
            ]>
            <?pi x?><cfg xmlns:x="urn:x" b="1" a="2&quot;&#10;" x:c="3">
              <t>a &gt; b bar <![CDATA[x<y]]></t>
              <e/> <f/>  <x:g>&#13;</x:g>
            </cfg><!-- end -->\
            """);
  }

  @Test
  void indentsWhatHasNoText() {
    assertThat(read(TEXT, true).text(true))
        .isEqualTo(
            """
            <?xml version='1.0' encoding='UTF-8'?>
            <!-- c1 -->
            <!DOCTYPE cfg [
            <!ENTITY foo "bar">
            ]>
            <?pi x?>
            <cfg xmlns:x="urn:x" b="1" a="2&quot;&#10;" x:c="3">
              <t>a &gt; b bar <![CDATA[x<y]]></t>
              <e/>
              <f/>
              <x:g>&#13;</x:g>
            </cfg>
            <!-- end -->
            """);
  }

  @Test
  void blanksBetweenElementsMeanNothing() {
    assertThat(read("<a>\n  <b/>\n</a>", false).meaning())
        .isEqualTo(read("<a><b></b></a>", false).meaning())
        .isNotEqualTo(read("<a>x <b/></a>", false).meaning());
    assertThat(read("<a> </a>", false).meaning()).isNotEqualTo(read("<a/>", false).meaning());
  }

  @Test
  void whatLiesOutsideIsNotRead() {
    assertThatThrownBy(
            () -> read("<!DOCTYPE a [<!ENTITY e SYSTEM 'file:///etc/hostname'>]><a>&e;</a>", false))
        .isInstanceOf(XmlFault.class)
        .hasMessageContaining("&e;");
    assertThat(read("<!DOCTYPE a SYSTEM 'http://192.0.2.1/a.dtd'><a/>", false).text(false))
        .endsWith("<!DOCTYPE a SYSTEM \"http://192.0.2.1/a.dtd\">\n<a/>");
  }

  @Test
  void anEntityThatGrowsIsRefused() {
    StringBuilder bomb = new StringBuilder("<!DOCTYPE a [<!ENTITY e0 'ha'>");
    for (int i = 1; i < 30; i++) {
      bomb.append("<!ENTITY e").append(i).append(" '&e").append(i - 1).append(";&e");
      bomb.append(i - 1).append(";'>");
    }
    assertThatThrownBy(() -> read(bomb + "]><a>&e29;</a>", false)).isInstanceOf(XmlFault.class);
  }

  @Test
  void aNamespaceWithoutPrefixGetsOneForAnAttribute() {
    XmlDocument document = read("<r xmlns=\"urn:d\"><a/></r>", false);
    new XmlEdit(document, "/p:r/p:a", Map.of("p", "urn:d")).set(Optional.of("p:at"), "v");
    new XmlEdit(document, "/p:r/q:m", Map.of("p", "urn:d", "q", "urn:z")).make();
    new XmlEdit(document, "/p:r/p:m", Map.of("p", "urn:d")).make();
    assertThat(document.text(false))
        .endsWith(
            "<r xmlns=\"urn:d\"><a xmlns:ns0=\"urn:d\" ns0:at=\"v\"/><ns0:m xmlns:ns0=\"urn:z\"/>"
                + "<m/></r>");
  }

  private static XmlDocument read(String text, boolean withoutBlanks) {
    return XmlDocument.read(text.getBytes(StandardCharsets.UTF_8), withoutBlanks, false);
  }
}

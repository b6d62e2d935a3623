package dev.hearth.rebuild;

import java.util.List;

/** A page of headings, paragraphs and tables; every text in it is escaped. */
final class HtmlPage {

  private static final String STYLE =
      "body{font:16px sans-serif;margin:2em;max-width:60em}"
          + "table{border-collapse:collapse}td,th{border:1px solid #999;padding:.3em .6em;"
          + "text-align:left}";

  private final StringBuilder page = new StringBuilder("<!doctype html>\n<html lang=\"en\">");

  HtmlPage(String title) {
    String text = escaped(title);
    page.append("<meta charset=\"utf-8\"><title>").append(text).append("</title>\n");
    page.append("<style>").append(STYLE).append("</style>\n");
    page.append("<h1>").append(text).append("</h1>\n");
  }

  void paragraph(String text) {
    page.append("<p>").append(escaped(text)).append("</p>\n");
  }

  /** A table under a heading of its own, without a row of headings. */
  void table(String title, List<List<String>> rows) {
    page.append("<h2>").append(escaped(title)).append("</h2>\n");
    if (rows.isEmpty()) {
      paragraph("Nothing.");
      return;
    }
    page.append("<table>\n");
    for (List<String> row : rows) {
      page.append("<tr>");
      row.forEach(cell -> page.append("<td>").append(escaped(cell)).append("</td>"));
      page.append("</tr>\n");
    }
    page.append("</table>\n");
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }

  @Override
  public String toString() {
    return page + "</html>\n";
  }
}

package dev.hearth.graph;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/** The graph as text, Mermaid, DOT or SVG. */
public final class Drawing {

  private static final int WIDTH = 170;
  private static final int HEIGHT = 46;
  private static final int GAP_X = 40;
  private static final int GAP_Y = 60;

  private final Bootstrap bootstrap;
  private final Function<Service, List<String>> hosts;

  /**
   * Draws a graph.
   *
   * @param hosts the hosts of a service
   */
  public Drawing(Bootstrap bootstrap, Function<Service, List<String>> hosts) {
    this.bootstrap = bootstrap;
    this.hosts = hosts;
  }

  private List<List<Service>> layers() {
    return bootstrap.layers(bootstrap.services().stream().map(Service::name).toList());
  }

  /** A tree: what starts first is on the left, what needs it below it. */
  public String text() {
    StringBuilder text = new StringBuilder();
    for (Service service : bootstrap.services()) {
      if (service.needs().isEmpty()) {
        tree(service, 0, text);
      }
    }
    return text.toString();
  }

  private void tree(Service service, int depth, StringBuilder text) {
    text.append("   ".repeat(Math.max(0, depth - 1)))
        .append(depth == 0 ? "" : "`- ")
        .append(service.name())
        .append(" on ")
        .append(String.join(", ", hosts.apply(service)))
        .append(service.optional() ? " (optional)" : "")
        .append("  [")
        .append(gates(service))
        .append("]\n");
    for (Service other : bootstrap.services()) {
      if (other.needsOne(service)) {
        tree(other, depth + 1, text);
      }
    }
  }

  private static String gates(Service service) {
    return String.join(
        ", ",
        service.gates().stream().map(gate -> gate.kind().name().toLowerCase(Locale.ROOT)).toList());
  }

  /** For Mermaid. */
  public String mermaid() {
    StringBuilder text = new StringBuilder("flowchart TD\n");
    Map<String, String> ids = new HashMap<>();
    for (Service service : bootstrap.services()) {
      String id = "s" + ids.size();
      ids.put(service.name(), id);
      text.append("  ")
          .append(id)
          .append("[\"")
          .append(label(service, "<br/>").replace("\"", "#quot;"))
          .append("\"]\n");
    }
    edges((from, to) -> text.append("  " + ids.get(from) + " --> " + ids.get(to) + "\n"));
    return text.toString();
  }

  /** For Graphviz. */
  public String dot() {
    StringBuilder text = new StringBuilder("digraph bootstrap {\n  node [shape=box];\n");
    for (Service service : bootstrap.services()) {
      text.append("  ")
          .append(quoted(service.name()))
          .append(" [label=")
          .append(quoted(label(service, "\n")).replace("\n", "\\n"))
          .append(service.optional() ? ", style=dashed" : "")
          .append("];\n");
    }
    edges((from, to) -> text.append("  " + quoted(from) + " -> " + quoted(to) + ";\n"));
    return text.append("}\n").toString();
  }

  private static String quoted(String text) {
    return "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
  }

  private String label(Service service, String separator) {
    return service.name() + separator + String.join(", ", hosts.apply(service));
  }

  private interface Edge {
    void draw(String from, String to);
  }

  private void edges(Edge edge) {
    for (Service service : bootstrap.services()) {
      service.needs().forEach(need -> edge.draw(need.service(), service.name()));
    }
  }

  /** A picture by itself, a row for each layer. */
  public String svg() {
    List<List<Service>> layers = layers();
    int widest = layers.stream().mapToInt(List::size).max().orElse(1);
    int width = widest * (WIDTH + GAP_X) + GAP_X;
    int height = layers.size() * (HEIGHT + GAP_Y) + GAP_Y / 2;
    Map<String, int[]> places = new HashMap<>();
    List<String> boxes = new ArrayList<>();
    for (int row = 0; row < layers.size(); row++) {
      List<Service> layer = layers.get(row);
      int left = (width - layer.size() * (WIDTH + GAP_X) + GAP_X) / 2;
      for (int column = 0; column < layer.size(); column++) {
        int x = left + column * (WIDTH + GAP_X);
        int y = GAP_Y / 2 + row * (HEIGHT + GAP_Y);
        places.put(layer.get(column).name(), new int[] {x, y});
        boxes.add(box(layer.get(column), x, y));
      }
    }
    StringBuilder text =
        new StringBuilder(
            ("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\""
                    + " font-family=\"sans-serif\" font-size=\"13\">\n"
                    + "<defs><marker id=\"arrow\" markerWidth=\"8\" markerHeight=\"8\" refX=\"7\""
                    + " refY=\"4\" orient=\"auto\"><path d=\"M0,0 L8,4 L0,8 z\"/></marker></defs>\n")
                .formatted(width, height));
    edges(
        (from, to) -> {
          int[] start = places.getOrDefault(from, new int[2]);
          int[] end = places.getOrDefault(to, new int[2]);
          text.append(
              "<line x1=\"%d\" y1=\"%d\" x2=\"%d\" y2=\"%d\" stroke=\"#555\" marker-end=\"url(#arrow)\"/>\n"
                  .formatted(start[0] + WIDTH / 2, start[1] + HEIGHT, end[0] + WIDTH / 2, end[1]));
        });
    boxes.forEach(text::append);
    return text.append("</svg>\n").toString();
  }

  private String box(Service service, int x, int y) {
    return ("<rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" rx=\"5\" fill=\"#f4f4f4\""
            + " stroke=\"#555\"%s/>\n"
            + "<text x=\"%d\" y=\"%d\" text-anchor=\"middle\" font-weight=\"bold\">%s</text>\n"
            + "<text x=\"%d\" y=\"%d\" text-anchor=\"middle\">%s</text>\n")
        .formatted(
            x,
            y,
            WIDTH,
            HEIGHT,
            service.optional() ? " stroke-dasharray=\"4\"" : "",
            x + WIDTH / 2,
            y + 19,
            escaped(service.name()),
            x + WIDTH / 2,
            y + 37,
            escaped(String.join(", ", hosts.apply(service))));
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }
}

package dev.hearth.inventory;

import dev.hearth.diag.HearthException;
import dev.hearth.diag.Location;
import dev.hearth.template.Scope;
import dev.hearth.template.SearchPath;
import dev.hearth.template.Templar;
import dev.hearth.template.TemplateFailure;
import dev.hearth.value.Located;
import dev.hearth.value.Value;
import dev.hearth.yaml.Node;
import dev.hearth.yaml.Values;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The plugin {@code generator}: one host for each combination of the items of its layers, with
 * groups around it, all names made by templates.
 */
final class GeneratorPlugin {

  private static final int MOST = 100_000;

  private final Draft draft;
  private final Templar templar;
  private final Path file;

  GeneratorPlugin(Draft draft, Templar templar, Path file) {
    this.draft = draft;
    this.templar = templar;
    this.file = file;
  }

  void read(PluginOptions options) {
    options.warnOfUnknown(List.of("plugin", "layers", "hosts"), draft);
    PluginOptions hosts = PluginOptions.of("'hosts'", options.require("hosts"));
    hosts.warnOfUnknown(List.of("name", "parents"), draft);
    PluginOptions layers = PluginOptions.of("'layers'", options.require("layers"));
    for (Map<String, Value> combination : combinations(layers)) {
      Scope scope = Scope.of(combination, new SearchPath(List.of()));
      Node name = hosts.require("name");
      String host = name(name, scope);
      draft.addHost(host, name.at(), file);
      for (Node parent : hosts.items("parents")) {
        String group = group(PluginOptions.of("a parent", parent), scope);
        draft.addHost(host, group, parent.at(), file);
      }
    }
  }

  /** Makes a group and those around it. */
  private String group(PluginOptions parent, Scope scope) {
    parent.warnOfUnknown(List.of("name", "parents", "vars"), draft);
    Node name = parent.require("name");
    String group = name(name, scope);
    draft.addGroup(group, name.at());
    parent
        .entries("vars")
        .forEach(
            (key, value) ->
                draft.setGroupVariable(
                    group,
                    key.text(),
                    value instanceof Node.Scalar
                        ? new Located(resolved(value, scope), value.at())
                        : Values.located(value)));
    for (Node outer : parent.items("parents")) {
      draft.addChild(group(PluginOptions.of("a parent", outer), scope), group, outer.at());
    }
    return group;
  }

  private static List<Map<String, Value>> combinations(PluginOptions layers) {
    List<Map<String, Value>> all = List.of(Map.of());
    for (Node.Scalar layer : layers.node().entries().keySet()) {
      List<Map<String, Value>> longer = new ArrayList<>();
      List<Node> items = layers.items(layer.text());
      if ((long) all.size() * items.size() > MOST) {
        throw PluginOptions.wrong(layer.at(), "the layers make more than " + MOST + " hosts");
      }
      for (Map<String, Value> combination : all) {
        for (Node item : items) {
          Map<String, Value> more = new LinkedHashMap<>(combination);
          more.put(layer.text(), Values.of(item));
          longer.add(more);
        }
      }
      all = longer;
    }
    return all;
  }

  private String name(Node written, Scope scope) {
    Value name = resolved(written, scope);
    if (name instanceof Value.Textual text && !text.reveal().isEmpty()) {
      return text.reveal();
    }
    throw PluginOptions.wrong(written.at(), "this makes no name");
  }

  private Value resolved(Node written, Scope scope) {
    try {
      return templar.resolve(Values.located(written), scope);
    } catch (TemplateFailure failure) {
      throw failed(failure, written.at());
    }
  }

  private static HearthException failed(TemplateFailure failure, Location at) {
    return failure.diagnostic().at().isPresent()
        ? failure.diagnostic().failure()
        : PluginOptions.wrong(at, failure.diagnostic().summary());
  }
}

package dev.hearth.run;

import dev.hearth.plan.Result;
import dev.hearth.value.Value;
import java.util.List;

/** What a task printed, line by line too: {@code stdout_lines} beside {@code stdout}. */
final class OutputLines {

  private OutputLines() {}

  /** The result with the lines of its streams, where it does not have them. */
  static Result in(Result result) {
    Result all = result;
    for (String stream : List.of("stdout", "stderr")) {
      String lines = stream + "_lines";
      if (result.values().get(stream) instanceof Value.Textual text
          && !result.values().containsKey(lines)) {
        all = all.with(lines, new Value.Seq(text.reveal().lines().<Value>map(text::with).toList()));
      }
    }
    return all;
  }
}

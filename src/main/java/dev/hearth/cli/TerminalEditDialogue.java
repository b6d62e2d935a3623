package dev.hearth.cli;

import dev.hearth.diag.Diagnostic;
import dev.hearth.vault.EditDialogue;
import java.util.Locale;
import java.util.Optional;

/** Tells and asks the person at the terminal; without one nothing is asked. */
final class TerminalEditDialogue implements EditDialogue {

  private final Environment environment;
  private final TerminalPrompt prompt;

  TerminalEditDialogue(Environment environment) {
    this.environment = environment;
    this.prompt = new TerminalPrompt(environment);
  }

  @Override
  public void tell(Diagnostic finding) {
    environment.err().println(finding.render());
  }

  @Override
  public Choice broken(Diagnostic problem) {
    if (!environment.interactive()) {
      return Choice.DRAFT;
    }
    tell(problem);
    for (; ; ) {
      Optional<String> answer =
          prompt.answer("[e]dit again, save an encrypted [d]raft, or [t]hrow it away? ", false);
      if (answer.isEmpty()) {
        return Choice.DRAFT;
      }
      switch (answer.get().strip().toLowerCase(Locale.ROOT)) {
        case "", "e", "edit" -> {
          return Choice.AGAIN;
        }
        case "d", "draft" -> {
          return Choice.DRAFT;
        }
        case "t", "throw" -> {
          return Choice.DROP;
        }
        default -> environment.err().println("please answer e, d or t");
      }
    }
  }

  @Override
  public boolean finishedElsewhere() {
    return prompt
        .answer(
            "The editor came back at once. If it is still open in another window, save there, close"
                + " it and press Enter; else just press Enter. ",
            false)
        .isPresent();
  }
}

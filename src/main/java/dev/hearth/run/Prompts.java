package dev.hearth.run;

import dev.hearth.diag.Diagnostic;
import dev.hearth.diag.ExitCode;
import dev.hearth.diag.HearthException;
import dev.hearth.playbook.Play;
import dev.hearth.playbook.VarsPrompt;
import dev.hearth.template.Scope;
import dev.hearth.template.Templar;
import dev.hearth.value.Located;
import dev.hearth.value.Value;
import dev.hearth.vars.Level;
import dev.hearth.vars.Variable;
import dev.hearth.yaml.Values;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Asks for a play's {@code vars_prompt}. What is typed hidden is a secret. */
public final class Prompts {

  private final Asker asker;

  /** Asks there. */
  public Prompts(Asker asker) {
    this.asker = asker;
  }

  /** Somebody who can be asked. */
  @FunctionalInterface
  public interface Asker {
    /**
     * What was typed.
     *
     * @param hidden whether it must not be seen while it is typed
     * @return empty when nobody is there to be asked
     */
    Optional<String> ask(String question, boolean hidden);
  }

  /** Who asks. */
  Asker asker() {
    return asker;
  }

  /** The answers, by variable; variables that {@code -e} gives are not asked for. */
  Map<String, Variable> ask(
      Play play, Map<String, Variable> extraVars, Templar templar, Scope scope) {
    Map<String, Variable> answers = new LinkedHashMap<>();
    for (VarsPrompt prompt : play.varsPrompt()) {
      if (!extraVars.containsKey(prompt.name())) {
        answers.put(
            prompt.name(),
            new Variable(answer(prompt, templar, scope), prompt.at(), Level.PLAY_VARS_PROMPT));
      }
    }
    return answers;
  }

  private Value answer(VarsPrompt prompt, Templar templar, Scope scope) {
    Value given = given(prompt, templar, scope);
    return prompt.encrypt().isPresent()
        ? hashed(given, prompt.encrypt().get(), prompt, templar, scope)
        : given;
  }

  /** The hash of what was typed, with the salt that is written or one of the size that is. */
  private static Value hashed(
      Value given, Located scheme, VarsPrompt prompt, Templar templar, Scope scope) {
    Map<String, Value> names = new LinkedHashMap<>();
    names.put("given", given);
    names.put("scheme", Value.text(text(scheme, templar, scope).replace("_crypt", "")));
    String salt = "";
    if (prompt.salt().isPresent()) {
      names.put("salt", Value.text(text(prompt.salt().get(), templar, scope)));
      salt = ", salt=salt";
    } else if (prompt.saltSize().isPresent()) {
      names.put("size", Value.text(text(prompt.saltSize().get(), templar, scope)));
      salt =
          ", salt=lookup('ansible.builtin.password',"
              + " '/dev/null chars=ascii_letters,digits length=' ~ size)";
    }
    Value hash =
        templar.evaluate(
            "given | string | password_hash(scheme" + salt + ")", scheme.at(), scope.with(names));
    return prompt.secret() ? new Value.Secret(Keywords.text(hash)) : hash;
  }

  private static String text(Located written, Templar templar, Scope scope) {
    return Keywords.text(templar.resolve(written, scope));
  }

  private Value given(VarsPrompt prompt, Templar templar, Scope scope) {
    String question = Keywords.text(templar.resolve(prompt.prompt(), scope));
    Optional<Value> otherwise = prompt.defaultValue().map(value -> templar.resolve(value, scope));
    String shown =
        question + otherwise.map(value -> " [" + Keywords.text(value) + "]").orElse("") + ": ";
    Optional<String> answer = asker.ask(shown, prompt.secret());
    if (answer.isEmpty()) {
      return otherwise.map(Prompts::asText).orElseThrow(() -> nobody(prompt));
    }
    String typed = answer.get();
    if (prompt.confirm()
        && !asker.ask("confirm " + shown, prompt.secret()).orElse("").equals(typed)) {
      throw Diagnostic.error(prompt.at(), "the two answers for '" + prompt.name() + "' differ")
          .next("run again")
          .failure();
    }
    if (typed.isEmpty() && otherwise.isPresent()) {
      return asText(otherwise.get());
    }
    if (prompt.unsafe()) {
      return prompt.secret() ? new Value.Secret(typed) : Value.text(typed);
    }
    return Values.written(typed, prompt.at(), prompt.secret());
  }

  /** An answer is a text, whatever type its default has. */
  private static Value asText(Value value) {
    return value instanceof Value.Textual ? value : Value.text(Keywords.text(value));
  }

  private static HearthException nobody(VarsPrompt prompt) {
    return Diagnostic.error(prompt.at(), "nobody is there to be asked for '" + prompt.name() + "'")
        .exit(ExitCode.INVALID)
        .because("standard input is not a terminal, and the question has no default")
        .next("give it on the command line: -e " + prompt.name() + "=...")
        .failure();
  }
}

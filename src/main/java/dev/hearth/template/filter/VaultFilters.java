package dev.hearth.template.filter;

import dev.hearth.diag.Location;
import dev.hearth.diag.Source;
import dev.hearth.template.Call;
import dev.hearth.template.Ciphers;
import dev.hearth.template.Filter;
import dev.hearth.template.python.PythonError;
import dev.hearth.template.python.TypeName;
import dev.hearth.value.Value;
import java.util.Map;
import java.util.Optional;

/** The filters that encrypt and decrypt in Ansible's vault format. */
final class VaultFilters {

  private static final String LABEL = "filter_default";
  private static final String HEADER = "$ANSIBLE_VAULT;";

  private final Ciphers ciphers;

  private VaultFilters(Ciphers ciphers) {
    this.ciphers = ciphers;
  }

  static Map<String, Filter> all(Ciphers ciphers) {
    VaultFilters filters = new VaultFilters(ciphers);
    return Map.of(
        "vault",
        Filter.passing("secret salt? vault_id? wrap_object?", filters::vault),
        "unvault",
        Filter.of("secret? vault_id?", filters::unvault));
  }

  /** The encrypted text is no secret, whatever it was made from. */
  private Value vault(Call call) {
    if (call.flag("wrap_object", false)) {
      throw new PythonError("does not take wrap_object: a template's result is text");
    }
    String salt = call.text("salt", "");
    return Value.text(
        ciphers.seal(
            text(call.input(), "Can only vault strings").reveal(),
            text(call.get("secret", Value.NULL), "Secret passed is required to be a string"),
            call.text("vault_id", LABEL),
            salt.isEmpty() ? Optional.empty() : Optional.of(salt)));
  }

  /** Opens with the password that is given, or with those of the run. What it opens is a secret. */
  private Value unvault(Call call) {
    String sealed = text(call.input(), "Vault should be in the form of a string").reveal();
    if (!call.has("secret")) {
      Location at = Location.startOf(new Source("the unvault filter", "", true));
      return call.engine().unseal(new Value.Vaulted(sealed, at));
    }
    Value.Textual password =
        text(call.get("secret", Value.NULL), "Secret passed is required to be as string");
    if (!sealed.startsWith(HEADER)) {
      return Value.text(sealed);
    }
    return new Value.Secret(
        ciphers
            .unseal(sealed, password)
            .orElseThrow(() -> new PythonError("cannot decrypt: the password does not open it")));
  }

  private static Value.Textual text(Value value, String otherwise) {
    if (value instanceof Value.Textual text) {
      return text;
    }
    throw new PythonError(otherwise + ", instead we got " + TypeName.of(value));
  }
}

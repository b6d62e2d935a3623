package dev.hearth.module.net;

import dev.hearth.module.PythonJson;
import dev.hearth.module.Refusal;
import dev.hearth.value.Value;
import java.util.Optional;

/**
 * A body of {@code form-multipart}: fields that are texts, or contents with a file's name and type.
 *
 * @param body what the task says
 */
record MultipartForm(Optional<Value> body) {

  /** Tells curl the fields. */
  void into(CurlConfig config) {
    if (body.isEmpty() || !(body.get() instanceof Value.Dict fields)) {
      throw new Refusal("body_format form-multipart needs a mapping as body");
    }
    fields
        .entries()
        .forEach(
            (name, value) -> {
              String field = text(name).reveal();
              if (field.contains("=")) {
                throw new Refusal("a field's name cannot have a '=' in it: " + field);
              }
              if (value instanceof Value.Dict file) {
                config.set("form", part(field, file));
              } else {
                Value.Textual plain = text(value);
                config.set("form-string", plain.with(field + "=" + plain.reveal()));
              }
            });
  }

  private static Value.Textual part(String name, Value.Dict file) {
    Value content = file.get("content");
    if (content == null || content instanceof Value.Null) {
      throw new Refusal(
          "the field '" + name + "' has no content; give it, for example with lookup('file', ...)");
    }
    Value.Textual inside = text(content);
    StringBuilder all = new StringBuilder(name).append('=').append(quoted(inside.reveal()));
    option(file, "filename").ifPresent(it -> all.append(";filename=").append(quoted(it)));
    option(file, "mime_type").ifPresent(it -> all.append(";type=").append(it));
    return inside.with(all.toString());
  }

  private static Optional<String> option(Value.Dict file, String name) {
    Value value = file.get(name);
    return value == null || value instanceof Value.Null
        ? Optional.empty()
        : Optional.of(text(value).reveal());
  }

  private static Value.Textual text(Value value) {
    return value instanceof Value.Textual plain ? plain : PythonJson.write(value);
  }

  private static String quoted(String text) {
    return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }
}

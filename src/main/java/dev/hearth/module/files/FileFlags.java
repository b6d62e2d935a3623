package dev.hearth.module.files;

import dev.hearth.value.Value;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Flags of a file in its file system, as {@code lsattr -v} tells them, by Ansible's names.
 *
 * @param version the version of the file; nothing where the file system has no flags
 * @param letters the flags' letters
 */
record FileFlags(Optional<String> version, String letters) {

  private static final Map<Character, String> NAMES =
      Map.ofEntries(
          Map.entry('A', "noatime"),
          Map.entry('a', "append"),
          Map.entry('c', "compressed"),
          Map.entry('C', "nocow"),
          Map.entry('d', "nodump"),
          Map.entry('D', "dirsync"),
          Map.entry('e', "extents"),
          Map.entry('E', "encrypted"),
          Map.entry('h', "blocksize"),
          Map.entry('i', "immutable"),
          Map.entry('I', "indexed"),
          Map.entry('j', "journalled"),
          Map.entry('N', "inline"),
          Map.entry('s', "zero"),
          Map.entry('S', "synchronous"),
          Map.entry('t', "notail"),
          Map.entry('T', "blockroot"),
          Map.entry('u', "undelete"),
          Map.entry('X', "compressedraw"),
          Map.entry('Z', "compresseddirty"));

  /** What a line of {@code lsattr -v} says; an empty one says that there are none. */
  static FileFlags of(String line) {
    String[] words = line.strip().split("\\s+", 3);
    return words.length < 3
        ? new FileFlags(Optional.empty(), "")
        : new FileFlags(Optional.of(words[0]), words[1].replace("-", ""));
  }

  /** Puts them to what is told of a path. */
  void tell(Map<String, Value> stat) {
    stat.put("version", version.<Value>map(Value::text).orElse(Value.NULL));
    stat.put("attr_flags", Value.text(letters));
    List<Value> names =
        letters
            .chars()
            .mapToObj(letter -> NAMES.get((char) letter))
            .filter(Objects::nonNull)
            .<Value>map(Value::text)
            .toList();
    stat.put("attributes", new Value.Seq(names));
  }
}

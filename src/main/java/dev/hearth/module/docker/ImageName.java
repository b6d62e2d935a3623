package dev.hearth.module.docker;

/**
 * The name of an image.
 *
 * @param repository with its registry
 * @param tag a tag, or a digest with its algorithm
 */
record ImageName(String repository, String tag) {

  /** The name that is written, whose own tag wins over the one given beside it. */
  static ImageName of(String name, String tag) {
    int digest = name.indexOf('@');
    if (digest > 0) {
      return new ImageName(name.substring(0, digest), name.substring(digest + 1));
    }
    int colon = name.lastIndexOf(':');
    return colon > name.lastIndexOf('/')
        ? new ImageName(name.substring(0, colon), name.substring(colon + 1))
        : new ImageName(name, tag.isEmpty() ? "latest" : tag);
  }

  /** Whether it is an id and no name. */
  static boolean id(String name) {
    return name.matches("sha256:[0-9a-f]{12,64}");
  }

  @Override
  public String toString() {
    return repository + (tag.contains(":") ? "@" : ":") + tag;
  }

  EngineFact fact(EngineOptions engine) {
    return fact(toString(), engine);
  }

  static EngineFact fact(String image, EngineOptions engine) {
    return EngineFact.of("/images/" + EngineCall.part(image) + "/json", engine);
  }
}

package dev.hearth.module;

/** Where something that is put on a host comes from. */
public sealed interface Origin permits ControllerFile, ControllerTree, Origin.OnHost {

  /** A path that is already on the host ({@code remote_src}). */
  record OnHost(String path) implements Origin {}
}

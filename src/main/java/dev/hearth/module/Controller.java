package dev.hearth.module;

import dev.hearth.diag.Location;
import dev.hearth.value.Value;
import java.util.Map;

/**
 * This machine, as far as arguments may name something of it. The engine implements it; modules
 * only see what it returned.
 */
public interface Controller {

  /**
   * A file on the search path of the task.
   *
   * @param decrypts whether one that is encrypted is opened; otherwise it is taken as it is
   * @throws dev.hearth.diag.HearthException when there is none, or it does not open
   */
  ControllerFile file(String name, boolean decrypts, Location at);

  /**
   * A file or a directory on the search path of the task.
   *
   * @param decrypts whether files that are encrypted are opened
   * @throws dev.hearth.diag.HearthException when there is none, or one does not open
   */
  Origin fileOrTree(String name, boolean decrypts, Location at);

  /**
   * A file, or a directory with all that is below it, as they are.
   *
   * @param follows whether links below it are followed, and told as what they lead to
   * @throws dev.hearth.diag.HearthException when there is none
   */
  ControllerListing listing(String name, boolean follows, Location at);

  /**
   * The files in a directory on the search path of the task, with their contents.
   *
   * @param decrypts whether files that are encrypted are opened
   * @throws dev.hearth.diag.HearthException when there is none, or one does not open
   */
  Contents.Here contents(String name, boolean decrypts, Location at);

  /**
   * A template on the search path of the task, rendered.
   *
   * @param options all parameters of the task, for those that steer the rendering
   * @throws dev.hearth.diag.HearthException when there is none or it does not render
   */
  ControllerFile rendered(String name, Map<String, Value> options, Location at);
}

package dev.hearth.galaxy;

import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;

/** Where a role or a collection comes from. */
public sealed interface Origin {

  /**
   * A git repository.
   *
   * @param url its address; a login in it is never shown
   * @param directory the directory of it that is meant; empty for all of it
   */
  record Repository(String url, String directory) implements Origin {
    @Override
    public String shown() {
      return withoutLogin(url) + (directory.isEmpty() ? "" : "#/" + directory);
    }
  }

  /**
   * An archive somewhere in the net.
   *
   * @param url its address; a login in it is never shown
   */
  record Address(String url) implements Origin {
    @Override
    public String shown() {
      return withoutLogin(url);
    }
  }

  /**
   * An archive on this machine.
   *
   * @param file the archive
   */
  record ArchiveFile(Path file) implements Origin {
    @Override
    public String shown() {
      return file.toString();
    }
  }

  /**
   * A directory on this machine.
   *
   * @param directory the directory
   */
  record Directory(Path directory) implements Origin {
    @Override
    public String shown() {
      return directory.toString();
    }
  }

  /**
   * A Galaxy server.
   *
   * @param server its name in the settings or its address; empty for whichever has it
   */
  record Server(Optional<String> server) implements Origin {
    @Override
    public String shown() {
      return server.map(Origin::withoutLogin).orElse("galaxy");
    }
  }

  /** How people may read it: no password is in it. */
  String shown();

  /** An address without the login that may be in it. */
  static String withoutLogin(String url) {
    return LOGIN.matcher(url).replaceFirst("$1");
  }

  /** The login of an address with a scheme, up to the {@code @}. */
  Pattern LOGIN = Pattern.compile("^([A-Za-z][A-Za-z0-9+.-]*://)[^/@]*@");
}

package dev.hearth.cli;

import picocli.CommandLine.IVersionProvider;

/** The version from the jar's manifest. */
final class Version implements IVersionProvider {

  @Override
  public String[] getVersion() {
    return new String[] {"hearth " + text()};
  }

  /** The version alone. */
  static String text() {
    String version = Version.class.getPackage().getImplementationVersion();
    return version == null ? "(built from source)" : version;
  }
}

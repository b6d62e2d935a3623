package dev.hearth.module.files;

import dev.hearth.module.Module;
import java.util.List;

/** The modules of this package. */
public final class FileModules {

  private FileModules() {}

  /** One of each. */
  public static List<Module<?>> all() {
    return List.of(
        new ArchiveModule(),
        new AssembleModule(),
        new BlockInFile(),
        new CopyModule(),
        new FileModule(),
        new FindModule(),
        new IniFile(),
        new InterfacesFile(),
        new LineInFile(),
        new ReplaceModule(),
        new SlurpModule(),
        new Synchronize(),
        new StatModule(),
        new TempFileModule(),
        new UnarchiveModule(),
        new TemplateModule(),
        new XmlModule());
  }
}

package dev.hearth.module.files;

import dev.hearth.module.Module;
import dev.hearth.module.files.FileMarking.Target;
import java.util.List;

/** The modules of this package. */
public final class FileModules {

  private FileModules() {}

  /** One of each. */
  public static List<Module<?>> all() {
    return List.of(
        new FileMarking<>(
            new ArchiveModule(),
            ArchiveModule.Args::attributes,
            (want, result) -> Target.dest(result)),
        new FileMarking<>(
            new AssembleModule(),
            AssembleModule.Args::attributes,
            (want, result) -> Target.file(want.dest())),
        new FileMarking<>(
            new BlockInFile(),
            want -> want.file().attributes(),
            (want, result) -> Target.file(want.file().path())),
        new FileMarking<>(
            new CopyModule(), CopyModule.Args::attributes, (want, result) -> Target.dest(result)),
        new FileMarking<>(
            new FileModule(),
            FileModule.Args::attributes,
            (want, result) -> FileModule.marked(want)),
        new FindModule(),
        new FileMarking<>(
            new IniFile(), IniFile.Args::attributes, (want, result) -> Target.file(want.path())),
        new FileMarking<>(
            new InterfacesFile(),
            InterfacesFile.Args::attributes,
            (want, result) -> Target.file(want.dest())),
        new FileMarking<>(
            new LineInFile(),
            want -> want.file().attributes(),
            (want, result) -> Target.file(want.file().path())),
        new FileMarking<>(
            new ReplaceModule(),
            want -> want.file().attributes(),
            (want, result) -> Target.file(want.file().path())),
        new SlurpModule(),
        new Synchronize(),
        new StatModule(),
        new TempFileModule(),
        new FileMarking<>(
            new UnarchiveModule(),
            UnarchiveModule.Args::attributes,
            (want, result) -> Target.brought(want.dest())),
        new FileMarking<>(
            new TemplateModule(),
            TemplateModule.Args::attributes,
            (want, result) -> Target.dest(result)),
        new XmlModule());
  }
}

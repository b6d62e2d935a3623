import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassFile.ClassHierarchyResolverOption;
import java.lang.classfile.ClassFile.StackMapsOption;
import java.lang.classfile.ClassFileVersion;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeTransform;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Brings classes of a jar that are older than Java 6 up to Java 8: the same code, with the stack maps that the JVM wants since then.
 * picocli is built for Java 5, and such classes stay out of every archive of classes, so each start would read and verify them.
 * Run from source: {@code java Modernise.java JAR}.
 */
public final class Modernise {

  /** Class files of Java 6 are the first that can be archived. */
  private static final int FIRST_ARCHIVABLE = 50;

  private Modernise() {}

  public static void main(String[] arguments) throws IOException {
    try (FileSystem files = FileSystems.newFileSystem(Path.of(arguments[0]))) {
      Path root = files.getPath("/");
      ClassFile rewriting =
          ClassFile.of(
              StackMapsOption.GENERATE_STACK_MAPS,
              ClassHierarchyResolverOption.of(
                  ClassHierarchyResolver.ofResourceParsing(type -> open(root, type.descriptorString()))
                      .orElse(ClassHierarchyResolver.defaultResolver())));
      List<Path> classes;
      try (var all = Files.walk(root)) {
        classes = all.filter(file -> file.toString().endsWith(".class")).toList();
      }
      for (Path file : classes) {
        byte[] old = Files.readAllBytes(file);
        if (major(old) < FIRST_ARCHIVABLE) {
          var modified = Files.getLastModifiedTime(file);
          Files.write(file, modern(rewriting, old));
          Files.setLastModifiedTime(file, modified);
        }
      }
    }
  }

  private static int major(byte[] bytes) {
    return (bytes[6] & 0xff) << 8 | bytes[7] & 0xff;
  }

  /** Going through every method's body is what makes the stack maps. */
  private static byte[] modern(ClassFile rewriting, byte[] old) {
    ClassTransform version =
        (builder, element) -> {
          if (element instanceof ClassFileVersion) {
            builder.withVersion(ClassFile.JAVA_8_VERSION, 0);
          } else {
            builder.with(element);
          }
        };
    return rewriting.transformClass(
        rewriting.parse(old), ClassTransform.transformingMethodBodies(CodeTransform.ACCEPT_ALL).andThen(version));
  }

  /** The class in the same jar, or null when it is the JDK's. */
  private static InputStream open(Path root, String descriptor) {
    Path file = root.resolve(descriptor.substring(1, descriptor.length() - 1) + ".class");
    try {
      return Files.exists(file) ? Files.newInputStream(file) : null;
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}

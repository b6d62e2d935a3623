import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassBuilder;
import java.lang.classfile.ClassElement;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassFile.ClassHierarchyResolverOption;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassModel;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeTransform;
import java.lang.classfile.TypeKind;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.DirectMethodHandleDesc;
import java.lang.constant.MethodTypeDesc;
import java.lang.reflect.AccessFlag;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Writes out in our own classes what the compiler leaves to the JDK to make up at run time and no archive of classes keeps: the
 * choice of a pattern switch and the equals and hashCode of records. Each of them would make and compile a class in every run.
 * Run from source: {@code java Unfold.java JAR PACKAGE}, such as {@code dev/hearth}.
 */
public final class Unfold {

  private static final ClassDesc OBJECTS = ClassDesc.of("java.util.Objects");

  private final ClassModel model;
  private final ClassDesc self;
  private final boolean anInterface;
  private final List<Consumer<ClassBuilder>> methods = new ArrayList<>();

  private Unfold(ClassModel model) {
    this.model = model;
    this.self = model.thisClass().asSymbol();
    this.anInterface = model.flags().has(AccessFlag.INTERFACE);
  }

  public static void main(String[] arguments) throws IOException {
    try (FileSystem files = FileSystems.newFileSystem(Path.of(arguments[0]))) {
      Path root = files.getPath("/");
      ClassFile rewriting =
          ClassFile.of(
              ClassHierarchyResolverOption.of(
                  ClassHierarchyResolver.ofResourceParsing(type -> open(root, type.descriptorString()))
                      .orElse(ClassHierarchyResolver.defaultResolver())));
      List<Path> classes;
      try (var all = Files.walk(root.resolve(arguments[1]))) {
        classes = all.filter(file -> file.toString().endsWith(".class")).toList();
      }
      for (Path file : classes) {
        byte[] old = Files.readAllBytes(file);
        Unfold unfold = new Unfold(rewriting.parse(old));
        byte[] plain = unfold.plain(rewriting);
        if (!unfold.methods.isEmpty()) {
          var modified = Files.getLastModifiedTime(file);
          Files.write(file, plain);
          Files.setLastModifiedTime(file, modified);
        }
      }
    }
  }

  private byte[] plain(ClassFile rewriting) {
    CodeTransform calls =
        (code, element) -> {
          if (!(element instanceof InvokeDynamicInstruction call) || !unfolded(code, call)) {
            code.with(element);
          }
        };
    ClassTransform added =
        ClassTransform.ofStateful(
            () ->
                new ClassTransform() {
                  @Override
                  public void accept(ClassBuilder builder, ClassElement element) {
                    builder.with(element);
                  }

                  @Override
                  public void atEnd(ClassBuilder builder) {
                    methods.forEach(method -> method.accept(builder));
                  }
                });
    return rewriting.transformClass(model, ClassTransform.transformingMethodBodies(calls).andThen(added));
  }

  /** Whether the call was replaced by one of a method of the class itself. */
  private boolean unfolded(CodeBuilder code, InvokeDynamicInstruction call) {
    DirectMethodHandleDesc maker = call.bootstrapMethod();
    MethodTypeDesc type = call.typeSymbol();
    List<ConstantDesc> constants = call.bootstrapArgs();
    String name = maker.methodName() + "$" + methods.size();
    if (maker.owner().equals(ClassDesc.of("java.lang.runtime.SwitchBootstraps"))
        && maker.methodName().equals("typeSwitch")
        && constants.stream().allMatch(ClassDesc.class::isInstance)) {
      add(name, type, body -> choose(body, constants));
    } else if (maker.owner().equals(ClassDesc.of("java.lang.runtime.ObjectMethods"))
        && call.name().stringValue().equals("hashCode")) {
      add(name, type, body -> hash(body, getters(constants)));
    } else if (maker.owner().equals(ClassDesc.of("java.lang.runtime.ObjectMethods"))
        && call.name().stringValue().equals("equals")) {
      add(name, type, body -> compare(body, getters(constants)));
    } else {
      return false;
    }
    code.invokestatic(self, name, type, anInterface);
    return true;
  }

  private void add(String name, MethodTypeDesc type, Consumer<CodeBuilder> body) {
    int flags = ClassFile.ACC_PRIVATE | ClassFile.ACC_STATIC | ClassFile.ACC_SYNTHETIC;
    methods.add(builder -> builder.withMethodBody(name, type, flags, body));
  }

  /** The number of the first class from the start on that the value is of; -1 for null, their count for none. */
  private static void choose(CodeBuilder body, List<ConstantDesc> classes) {
    body.aload(0);
    body.ifThen(java.lang.classfile.Opcode.IFNULL, none -> none.loadConstant(-1).ireturn());
    for (int i = 0; i < classes.size(); i++) {
      int number = i;
      var next = body.newLabel();
      body.iload(1).loadConstant(number).if_icmpgt(next);
      body.aload(0).instanceOf((ClassDesc) classes.get(number)).ifeq(next);
      body.loadConstant(number).ireturn();
      body.labelBinding(next);
    }
    body.loadConstant(classes.size()).ireturn();
  }

  private static List<DirectMethodHandleDesc> getters(List<ConstantDesc> constants) {
    return constants.stream()
        .filter(DirectMethodHandleDesc.class::isInstance)
        .map(DirectMethodHandleDesc.class::cast)
        .toList();
  }

  private static ClassDesc type(DirectMethodHandleDesc getter) {
    return getter.invocationType().returnType();
  }

  private void get(CodeBuilder body, int slot, DirectMethodHandleDesc getter) {
    body.aload(slot).getfield(self, getter.methodName(), type(getter));
  }

  private void hash(CodeBuilder body, List<DirectMethodHandleDesc> getters) {
    body.loadConstant(0);
    for (DirectMethodHandleDesc getter : getters) {
      ClassDesc type = type(getter);
      body.loadConstant(31).imul();
      get(body, 0, getter);
      if (type.isPrimitive()) {
        body.invokestatic(wrapper(type), "hashCode", MethodTypeDesc.of(ConstantDescs.CD_int, type));
      } else {
        body.invokestatic(
            OBJECTS, "hashCode", MethodTypeDesc.of(ConstantDescs.CD_int, ConstantDescs.CD_Object));
      }
      body.iadd();
    }
    body.ireturn();
  }

  private void compare(CodeBuilder body, List<DirectMethodHandleDesc> getters) {
    var different = body.newLabel();
    var differs = body.newLabel();
    body.aload(0).aload(1).if_acmpne(different);
    body.loadConstant(1).ireturn();
    body.labelBinding(different);
    body.aload(1).instanceOf(self).ifeq(differs);
    body.aload(1).checkcast(self).astore(2);
    for (DirectMethodHandleDesc getter : getters) {
      ClassDesc type = type(getter);
      get(body, 0, getter);
      get(body, 2, getter);
      if (type.isPrimitive()) {
        body.invokestatic(
            wrapper(type), "compare", MethodTypeDesc.of(ConstantDescs.CD_int, type, type));
        body.ifne(differs);
      } else {
        body.invokestatic(
            OBJECTS,
            "equals",
            MethodTypeDesc.of(
                ConstantDescs.CD_boolean, ConstantDescs.CD_Object, ConstantDescs.CD_Object));
        body.ifeq(differs);
      }
    }
    body.loadConstant(1).ireturn();
    body.labelBinding(differs);
    body.loadConstant(0).ireturn();
  }

  private static ClassDesc wrapper(ClassDesc primitive) {
    return switch (TypeKind.from(primitive)) {
      case BOOLEAN -> ConstantDescs.CD_Boolean;
      case BYTE -> ConstantDescs.CD_Byte;
      case CHAR -> ConstantDescs.CD_Character;
      case SHORT -> ConstantDescs.CD_Short;
      case INT -> ConstantDescs.CD_Integer;
      case LONG -> ConstantDescs.CD_Long;
      case FLOAT -> ConstantDescs.CD_Float;
      case DOUBLE -> ConstantDescs.CD_Double;
      case REFERENCE, VOID -> throw new IllegalArgumentException(primitive.descriptorString());
    };
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

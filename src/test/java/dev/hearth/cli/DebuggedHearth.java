package dev.hearth.cli;

import com.sun.jdi.Bootstrap;
import com.sun.jdi.VMDisconnectedException;
import com.sun.jdi.VirtualMachine;
import com.sun.jdi.connect.Connector;
import com.sun.jdi.connect.ListeningConnector;
import com.sun.jdi.event.BreakpointEvent;
import com.sun.jdi.event.ClassPrepareEvent;
import com.sun.jdi.event.Event;
import com.sun.jdi.event.EventSet;
import com.sun.jdi.event.StepEvent;
import com.sun.jdi.request.ClassPrepareRequest;
import com.sun.jdi.request.StepRequest;
import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The program as a process of its own under a debugger, which kills it at the very moment when it
 * has written a record of a journal and not one instruction later. The program knows nothing of it.
 */
final class DebuggedHearth {

  private static final String JOURNAL = "dev.hearth.journal.JournalFile";

  private DebuggedHearth() {}

  /**
   * Runs the program and kills it right after the record with this number, counted over all of its
   * journals.
   *
   * @return whether it was killed; false when it ended before
   */
  static boolean killedAfterRecord(int number, Path directory, String... arguments)
      throws Exception {
    ListeningConnector connector =
        Bootstrap.virtualMachineManager().listeningConnectors().stream()
            .filter(each -> each.transport().name().equals("dt_socket"))
            .findFirst()
            .orElseThrow();
    Map<String, Connector.Argument> settings = connector.defaultArguments();
    Objects.requireNonNull(settings.get("port")).setValue("0");
    Objects.requireNonNull(settings.get("localAddress")).setValue("127.0.0.1");
    String address = connector.startListening(settings);
    Process process = start(address, directory, arguments);
    try {
      return attend(connector.accept(settings), process, number);
    } finally {
      connector.stopListening(settings);
      process.destroyForcibly().waitFor();
    }
  }

  private static Process start(String address, Path directory, String... arguments)
      throws Exception {
    List<String> command = new ArrayList<>(HearthProcess.command(arguments));
    String port = address.substring(address.lastIndexOf(':') + 1);
    command.add(
        1, "-agentlib:jdwp=transport=dt_socket,server=n,suspend=y,address=127.0.0.1:" + port);
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(directory.toFile())
            .redirectOutput(directory.resolve("out").toFile())
            .redirectError(directory.resolve("err").toFile())
            .redirectInput(new File("/dev/null"));
    builder.environment().remove("XDG_STATE_HOME");
    builder.environment().put("HOME", directory.toString());
    return builder.start();
  }

  private static boolean attend(VirtualMachine machine, Process process, int number)
      throws InterruptedException {
    ClassPrepareRequest loaded = machine.eventRequestManager().createClassPrepareRequest();
    loaded.addClassFilter(JOURNAL);
    loaded.enable();
    machine.resume();
    int records = 0;
    try {
      for (; ; ) {
        EventSet events = machine.eventQueue().remove();
        for (Event event : events) {
          if (event instanceof ClassPrepareEvent prepared) {
            machine
                .eventRequestManager()
                .createBreakpointRequest(
                    prepared.referenceType().methodsByName("append").getFirst().location())
                .enable();
          } else if (event instanceof BreakpointEvent writing && ++records == number) {
            StepRequest written =
                machine
                    .eventRequestManager()
                    .createStepRequest(
                        writing.thread(), StepRequest.STEP_MIN, StepRequest.STEP_OUT);
            written.addCountFilter(1);
            written.enable();
          } else if (event instanceof StepEvent) {
            process.destroyForcibly().waitFor();
            return true;
          }
        }
        events.resume();
      }
    } catch (VMDisconnectedException ended) {
      return false;
    }
  }
}

package dev.hearth.cli;

import dev.hearth.testhosts.TestHost;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Looks again and again at what the processes of a host show to others, their command lines and
 * environments, until it is told to stop.
 */
final class ProcessWatch implements AutoCloseable {
  private static final String MARK = "/run/process-watch";

  private final TestHost host;
  private final ExecutorService thread = Executors.newSingleThreadExecutor();
  private final Future<String> seen;

  ProcessWatch(TestHost host) {
    this.host = host;
    host.sh("touch " + MARK);
    seen =
        thread.submit(
            () ->
                host.sh(
                    """
                    while [ -e %s ]; do
                      cat /proc/[0-9]*/cmdline /proc/[0-9]*/environ 2>/dev/null | tr '\\0' '\\n'
                      sleep 0.03
                    done | awk '!seen[$0]++'
                    """
                        .formatted(MARK)));
  }

  /** Stops, and returns every word that was seen, one a line. */
  String stop() {
    host.sh("rm -f " + MARK);
    try {
      return seen.get();
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    stop();
    thread.close();
  }
}

package dev.hearth.architecture.bad.run;

import dev.hearth.architecture.bad.diag.KnowsTooMuch;
import org.apache.sshd.client.SshClient;

/** Ends the process outside of the command line and sees the SSH library. */
public final class EndsTheProcess {

  /** Does what it must not. */
  public SshClient end(KnowsTooMuch reason) {
    if (reason.hashCode() == 0) {
      System.exit(1);
    }
    return SshClient.setUpDefaultClient();
  }
}

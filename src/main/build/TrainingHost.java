import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.config.keys.PublicKeyEntry;
import org.apache.sshd.common.config.keys.writer.openssh.OpenSSHKeyPairResourceWriter;
import org.apache.sshd.common.keyprovider.KeyPairProvider;
import org.apache.sshd.server.SshServer;
import org.apache.sshd.server.shell.ProcessShellCommandFactory;

/**
 * A host for the training run of the build, on this machine's loopback only: it lets in one key that is made here and thrown away with
 * the directory, and runs commands as who builds. Writes into the directory given: {@code key}, {@code known_hosts} and, last and
 * whole, {@code inventory.yml}. Ends when its standard input does.
 */
public final class TrainingHost {

  private TrainingHost() {}

  public static void main(String[] arguments) throws Exception {
    Path directory = Path.of(arguments[0]);
    var hostKey = KeyUtils.generateKeyPair(KeyPairProvider.SSH_ED25519, 256);
    var userKey = KeyUtils.generateKeyPair(KeyPairProvider.SSH_ED25519, 256);
    try (var out = Files.newOutputStream(directory.resolve("key"))) {
      OpenSSHKeyPairResourceWriter.INSTANCE.writePrivateKey(userKey, "training", null, out);
    }
    var server = SshServer.setUpDefaultServer();
    server.setHost("127.0.0.1");
    server.setPort(0);
    server.setKeyPairProvider(KeyPairProvider.wrap(hostKey));
    server.setPublickeyAuthenticator((user, key, session) -> KeyUtils.compareKeys(key, userKey.getPublic()));
    server.setCommandFactory(ProcessShellCommandFactory.INSTANCE);
    server.start();
    Files.writeString(
        directory.resolve("known_hosts"),
        "[127.0.0.1]:" + server.getPort() + " " + PublicKeyEntry.toString(hostKey.getPublic()) + "\n");
    Path inventory = directory.resolve("inventory.new");
    Files.writeString(
        inventory,
        """
        all:
          hosts:
            training:
              ansible_host: 127.0.0.1
              ansible_port: %d
              ansible_ssh_private_key_file: %s/key
              ansible_ssh_common_args: -F none -o UserKnownHostsFile=%s/known_hosts -o StrictHostKeyChecking=yes -o IdentitiesOnly=yes
        """
            .formatted(server.getPort(), directory, directory));
    Files.move(inventory, directory.resolve("inventory.yml"));
    System.in.transferTo(java.io.OutputStream.nullOutputStream());
    server.stop(true);
  }
}

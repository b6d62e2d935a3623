package dev.hearth.ssh;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.sshd.client.ClientBuilder;
import org.apache.sshd.client.SshClient;
import org.apache.sshd.client.auth.keyboard.UserInteraction;
import org.apache.sshd.client.config.hosts.HostConfigEntryResolver;
import org.apache.sshd.client.session.ClientUserAuthServiceFactory;
import org.apache.sshd.common.NamedFactory;
import org.apache.sshd.common.cipher.BuiltinCiphers;
import org.apache.sshd.common.kex.BuiltinDHFactories;
import org.apache.sshd.common.kex.KeyExchangeFactory;
import org.apache.sshd.common.keyprovider.KeyIdentityProvider;
import org.apache.sshd.common.mac.BuiltinMacs;
import org.apache.sshd.common.signature.BuiltinSignatures;
import org.apache.sshd.core.CoreModuleProperties;

/**
 * Sets MINA up: what is measured to be fast, nothing that is weak, nothing read behind our back.
 */
final class Clients {

  /** Hardware does AES; MINA's ChaCha20 is plain Java. No CBC, no 3DES. */
  private static final List<BuiltinCiphers> CIPHERS =
      List.of(
          BuiltinCiphers.aes128gcm,
          BuiltinCiphers.aes256gcm,
          BuiltinCiphers.aes128ctr,
          BuiltinCiphers.aes192ctr,
          BuiltinCiphers.aes256ctr,
          BuiltinCiphers.cc20p1305_openssh);

  /** MINA's sntrup761 is slow, so it comes last; nothing with SHA-1 or groups below 2048 bits. */
  private static final List<BuiltinDHFactories> KEY_EXCHANGES =
      List.of(
          BuiltinDHFactories.mlkem768x25519,
          BuiltinDHFactories.curve25519,
          BuiltinDHFactories.curve25519_libssh,
          BuiltinDHFactories.ecdhp256,
          BuiltinDHFactories.ecdhp384,
          BuiltinDHFactories.ecdhp521,
          BuiltinDHFactories.dhgex256,
          BuiltinDHFactories.dhg16_512,
          BuiltinDHFactories.dhg18_512,
          BuiltinDHFactories.dhg14_256,
          BuiltinDHFactories.sntrup761x25519_openssh);

  private static final List<BuiltinMacs> MACS =
      List.of(
          BuiltinMacs.hmacsha256etm,
          BuiltinMacs.hmacsha512etm,
          BuiltinMacs.hmacsha256,
          BuiltinMacs.hmacsha512);

  /** No ssh-rsa (SHA-1), no DSA, no certificates. */
  private static final List<BuiltinSignatures> SIGNATURES =
      List.of(
          BuiltinSignatures.ed25519,
          BuiltinSignatures.nistp256,
          BuiltinSignatures.nistp384,
          BuiltinSignatures.nistp521,
          BuiltinSignatures.rsaSHA512,
          BuiltinSignatures.rsaSHA256);

  private static final long WINDOW = 8L * 1024 * 1024;

  private Clients() {}

  /**
   * Loads what the first client needs: MINA's tables of algorithms and the provider behind them. It
   * takes as long as reading a playbook does, so it may as well happen meanwhile.
   */
  static void load() {
    if (supported(SIGNATURES).isEmpty()
        || supported(CIPHERS).isEmpty()
        || supported(MACS).isEmpty()
        || keyExchanges().isEmpty()) {
      throw new IllegalStateException("MINA supports none of our algorithms");
    }
  }

  /** A client that is not started yet. */
  static SshClient create(Agents agents) {
    SshClient client = ClientBuilder.builder().build(true);
    client.setCipherFactories(supported(CIPHERS));
    client.setMacFactories(supported(MACS));
    client.setSignatureFactories(supported(SIGNATURES));
    client.setKeyExchangeFactories(keyExchanges());
    client.setServerKeyVerifier(new StrictVerifier());
    client.setHostConfigEntryResolver(HostConfigEntryResolver.EMPTY);
    client.setKeyIdentityProvider(KeyIdentityProvider.EMPTY_KEYS_PROVIDER);
    client.setAgentFactory(agents);
    client.setUserInteraction(UserInteraction.NONE);
    // The host's list of all its keys is not used, and reading it costs more than the login.
    client.setGlobalRequestHandlers(List.of());
    client.setSessionFactory(new Sessions(client));
    client.setServiceFactories(
        List.of(ClientUserAuthServiceFactory.INSTANCE, new Heartbeat.Factory()));
    // With Nagle's algorithm every command waits for the host's delayed acknowledgement: 48 ms
    // instead of 4.
    CoreModuleProperties.TCP_NODELAY.set(client, true);
    CoreModuleProperties.SOCKET_KEEPALIVE.set(client, true);
    // The default closes a connection on which a long command is quiet for ten minutes.
    CoreModuleProperties.IDLE_TIMEOUT.set(client, Duration.ZERO);
    CoreModuleProperties.WINDOW_SIZE.set(client, WINDOW);
    // A frame may wait behind a command that takes its time; a dead host is the heartbeat's
    // business.
    CoreModuleProperties.WAIT_FOR_SPACE_TIMEOUT.set(client, Duration.ofDays(1));
    CoreModuleProperties.PREFERRED_AUTHS.set(client, "publickey,password,keyboard-interactive");
    CoreModuleProperties.PASSWORD_PROMPTS.set(client, 1);
    return client;
  }

  private static List<KeyExchangeFactory> keyExchanges() {
    return NamedFactory.setUpTransformedFactories(true, KEY_EXCHANGES, ClientBuilder.DH2KEX);
  }

  private static <T, F extends NamedFactory<T> & org.apache.sshd.common.OptionalFeature>
      List<NamedFactory<T>> supported(List<F> wanted) {
    List<NamedFactory<T>> factories = new ArrayList<>();
    wanted.stream()
        .filter(org.apache.sshd.common.OptionalFeature::isSupported)
        .forEach(factories::add);
    return factories;
  }
}

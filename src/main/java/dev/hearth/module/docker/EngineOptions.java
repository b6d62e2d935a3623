package dev.hearth.module.docker;

import dev.hearth.module.Arg;
import dev.hearth.module.Refusal;
import dev.hearth.shell.Word;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Which engine a task means: the parameters that all modules of {@code community.docker} share. The
 * host's own {@code docker} command makes the connection, so its contexts and settings count.
 *
 * @param dockerHost where the engine listens
 * @param apiVersion of the engine's interface
 * @param timeout of an answer
 * @param tlsHostname name in the certificate
 * @param caPath file of the authority
 * @param clientCert file of the client's certificate
 * @param clientKey file of the client's key
 * @param tls whether the connection is encrypted
 * @param validateCerts whether the certificate is checked
 * @param useSshClient whether {@code ssh://} uses the ssh command
 * @param debug whether the module tells more
 * @param cliContext the context of docker that names the engine
 * @param dockerCli the docker program
 */
public record EngineOptions(
    @Arg(
            doc = "Where the engine listens, as seen from the host; its own engine otherwise.",
            aliases = {"docker_url"})
        Optional<String> dockerHost,
    @Arg(
            doc = "Version of the engine's interface; both sides agree on one otherwise.",
            aliases = {"docker_api_version"},
            defaultsTo = "auto")
        String apiVersion,
    @Arg(
            doc = "Seconds that an answer may take; means nothing, the task's `timeout` counts.",
            defaultsTo = "60")
        int timeout,
    @Arg(doc = "Name in the engine's certificate; refused, use a context of docker.")
        Optional<String> tlsHostname,
    @Arg(
            doc = "File of the certificate's authority; refused, use a context of docker.",
            aliases = {"ca_cert", "tls_ca_cert", "cacert_path"})
        Optional<String> caPath,
    @Arg(
            doc = "File of the client's certificate; refused, use a context of docker.",
            aliases = {"tls_client_cert", "cert_path"})
        Optional<String> clientCert,
    @Arg(
            doc = "File of the client's key; refused, use a context of docker.",
            aliases = {"tls_client_key", "key_path"})
        Optional<String> clientKey,
    @Arg(doc = "Encrypt the connection; refused, use a context of docker.", defaultsTo = "false")
        boolean tls,
    @Arg(
            doc = "Check the engine's certificate; refused, use a context of docker.",
            aliases = {"tls_verify"},
            defaultsTo = "false")
        boolean validateCerts,
    @Arg(doc = "With `ssh://` use the ssh command; docker always does.", defaultsTo = "false")
        boolean useSshClient,
    @Arg(doc = "Tell more; means nothing.", defaultsTo = "false") boolean debug,
    @Arg(doc = "The context of docker that names the engine.") Optional<String> cliContext,
    @Arg(doc = "The docker program, with its path; refused, the one in the PATH is called.")
        Optional<String> dockerCli) {

  /** Refuses encrypted connections that are described in the task. */
  public EngineOptions {
    refuse(dockerCli);
    if (cliContext.isPresent() && dockerHost.isPresent()) {
      throw new Refusal("cli_context and docker_host both name an engine; give one of them");
    }
    boolean encrypted =
        tls
            || validateCerts
            || tlsHostname.isPresent()
            || caPath.isPresent()
            || clientCert.isPresent()
            || clientKey.isPresent();
    if (encrypted) {
      throw new Refusal(
          "TLS parameters of the engine are not supported; make a context on the host with"
              + " 'docker context create' and choose it with the variable DOCKER_CONTEXT in the"
              + " task's environment");
    }
  }

  private static void refuse(Optional<String> dockerCli) {
    if (dockerCli.isPresent()) {
      throw new Refusal(
          "docker_cli is not supported; remove it and put the program's directory into PATH, with"
              + " environment in the task");
    }
  }

  /** What the docker command reads from its environment. */
  Map<String, Word> environment() {
    Map<String, Word> variables = new LinkedHashMap<>();
    dockerHost.ifPresent(address -> variables.put("DOCKER_HOST", Word.of(address)));
    cliContext.ifPresent(name -> variables.put("DOCKER_CONTEXT", Word.of(name)));
    if (!apiVersion.equals("auto")) {
      variables.put("DOCKER_API_VERSION", Word.of(apiVersion));
    }
    return variables;
  }
}

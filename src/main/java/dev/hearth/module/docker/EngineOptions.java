package dev.hearth.module.docker;

import dev.hearth.module.Arg;
import dev.hearth.module.Refusal;
import dev.hearth.shell.Script;
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
    @Arg(
            doc =
                "Another name that the engine's certificate has; refused, the docker command can"
                    + " only expect the one in `docker_host`.")
        Optional<String> tlsHostname,
    @Arg(
            doc = "File of the authority that signed the engine's certificate.",
            aliases = {"ca_cert", "tls_ca_cert", "cacert_path"})
        Optional<String> caPath,
    @Arg(
            doc = "File of the client's certificate.",
            aliases = {"tls_client_cert", "cert_path"})
        Optional<String> clientCert,
    @Arg(
            doc = "File of the client's key.",
            aliases = {"tls_client_key", "key_path"})
        Optional<String> clientKey,
    @Arg(doc = "Encrypt the connection, and take any certificate.", defaultsTo = "false")
        boolean tls,
    @Arg(
            doc = "Encrypt the connection, and check the engine's certificate.",
            aliases = {"tls_verify"},
            defaultsTo = "false")
        boolean validateCerts,
    @Arg(doc = "With `ssh://` use the ssh command; docker always does.", defaultsTo = "false")
        boolean useSshClient,
    @Arg(doc = "Tell more; means nothing.", defaultsTo = "false") boolean debug,
    @Arg(doc = "The context of docker that names the engine.") Optional<String> cliContext,
    @Arg(doc = "The docker program, with its path; the one in the PATH otherwise.")
        Optional<String> dockerCli) {

  /** Calls the program that the task names wherever a script says {@code docker}. */
  private static final String ANOTHER_DOCKER =
      """
      if ! command -v "$HEARTH_DOCKER_CLI" >/dev/null; then
        echo "there is no program $HEARTH_DOCKER_CLI on this host" >&2
        exit 2
      fi
      docker() {
        set -- ${HEARTH_DOCKER_KEY:+--tlskey "$HEARTH_DOCKER_KEY"} "$@"
        set -- ${HEARTH_DOCKER_CERT:+--tlscert "$HEARTH_DOCKER_CERT"} "$@"
        set -- ${HEARTH_DOCKER_CA:+--tlscacert "$HEARTH_DOCKER_CA"} "$@"
        command "$HEARTH_DOCKER_CLI" "$@"
      }
      """;

  /** Refuses what the docker command has no variable for. */
  public EngineOptions {
    if (cliContext.isPresent() && dockerHost.isPresent()) {
      throw new Refusal("cli_context and docker_host both name an engine; give one of them");
    }
    if (tlsHostname.isPresent()) {
      throw new Refusal(
          "tls_hostname cannot be followed: the docker command expects the name that docker_host"
              + " has; give the engine's address that name there, such as with a line in the host's"
              + " /etc/hosts");
    }
  }

  /** A script that calls {@code docker} for this engine. */
  Script script(String body, String... words) {
    return on(Script.of(body, words));
  }

  /** The same script, whose {@code docker} talks to this engine. */
  Script on(Script script) {
    Script here = script.in(environment());
    Map<String, Word> program = program();
    return program.isEmpty()
        ? here
        : new Script(
                ANOTHER_DOCKER + here.body(),
                here.words(),
                here.input(),
                here.environment(),
                here.deadline())
            .in(program);
  }

  /** What only options of the docker command can say; nothing when it is called as it is. */
  private Map<String, Word> program() {
    Map<String, Word> variables = new LinkedHashMap<>();
    caPath.ifPresent(path -> variables.put("HEARTH_DOCKER_CA", Word.of(path)));
    clientCert.ifPresent(path -> variables.put("HEARTH_DOCKER_CERT", Word.of(path)));
    clientKey.ifPresent(path -> variables.put("HEARTH_DOCKER_KEY", Word.of(path)));
    if (dockerCli.isPresent() || !variables.isEmpty()) {
      variables.put("HEARTH_DOCKER_CLI", Word.of(dockerCli.orElse("docker")));
    }
    return variables;
  }

  /** What the docker command reads from its environment. */
  private Map<String, Word> environment() {
    Map<String, Word> variables = new LinkedHashMap<>();
    dockerHost.ifPresent(address -> variables.put("DOCKER_HOST", Word.of(address)));
    cliContext.ifPresent(name -> variables.put("DOCKER_CONTEXT", Word.of(name)));
    if (!apiVersion.equals("auto")) {
      variables.put("DOCKER_API_VERSION", Word.of(apiVersion));
    }
    if (validateCerts) {
      variables.put("DOCKER_TLS_VERIFY", Word.of("1"));
    } else if (tls) {
      variables.put("DOCKER_TLS", Word.of("1"));
    }
    return variables;
  }
}

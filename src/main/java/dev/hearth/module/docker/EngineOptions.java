package dev.hearth.module.docker;

import dev.hearth.module.Arg;
import dev.hearth.module.Refusal;
import dev.hearth.shell.Script;
import dev.hearth.shell.Word;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

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
            doc = "File of the certificate's authority; it must be called `ca.pem`.",
            aliases = {"ca_cert", "tls_ca_cert", "cacert_path"})
        Optional<String> caPath,
    @Arg(
            doc = "File of the client's certificate; it must be `cert.pem` beside `ca.pem`.",
            aliases = {"tls_client_cert", "cert_path"})
        Optional<String> clientCert,
    @Arg(
            doc = "File of the client's key; it must be `key.pem` beside `ca.pem`.",
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

  /** Calls another program wherever a script says {@code docker}. */
  private static final String ANOTHER_DOCKER =
      """
      if ! command -v "$HEARTH_DOCKER_CLI" >/dev/null; then
        echo "there is no program $HEARTH_DOCKER_CLI on this host, which docker_cli names" >&2
        exit 2
      fi
      docker() { command "$HEARTH_DOCKER_CLI" "$@"; }
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
    certificates(caPath, clientCert, clientKey);
  }

  /** Their directory; the docker command knows the files by their names. */
  private static Optional<String> certificates(
      Optional<String> caPath, Optional<String> clientCert, Optional<String> clientKey) {
    Set<String> directories = new TreeSet<>();
    caPath.ifPresent(path -> directories.add(directory(path, "ca.pem")));
    clientCert.ifPresent(path -> directories.add(directory(path, "cert.pem")));
    clientKey.ifPresent(path -> directories.add(directory(path, "key.pem")));
    if (directories.size() > 1) {
      throw new Refusal(
          "ca_path, client_cert and client_key are in several directories; the docker command finds"
              + " them in one only");
    }
    return directories.stream().findFirst();
  }

  private static String directory(String path, String name) {
    if (!path.endsWith("/" + name)) {
      throw new Refusal(
          "'"
              + path
              + "' is not called "
              + name
              + "; the docker command finds ca.pem, cert.pem and key.pem of one directory, or make"
              + " a context on the host with 'docker context create' and name it with cli_context");
    }
    return path.substring(0, path.length() - name.length());
  }

  /** A script that calls {@code docker} for this engine. */
  Script script(String body, String... words) {
    return on(Script.of(body, words));
  }

  /** The same script, whose {@code docker} talks to this engine. */
  Script on(Script script) {
    Script here = script.in(environment());
    return dockerCli
        .map(
            program ->
                new Script(
                        ANOTHER_DOCKER + here.body(),
                        here.words(),
                        here.input(),
                        here.environment(),
                        here.deadline())
                    .in(Map.of("HEARTH_DOCKER_CLI", Word.of(program))))
        .orElse(here);
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
    certificates(caPath, clientCert, clientKey)
        .ifPresent(directory -> variables.put("DOCKER_CERT_PATH", Word.of(directory)));
    return variables;
  }
}

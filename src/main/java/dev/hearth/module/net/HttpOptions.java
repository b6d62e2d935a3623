package dev.hearth.module.net;

import dev.hearth.module.Arg;
import dev.hearth.module.Refusal;
import dev.hearth.value.Value;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How to speak to a web server; shared by all modules that do.
 *
 * @param urlUsername user for the server
 * @param urlPassword password for the server
 * @param forceBasicAuth kept for its name; credentials are always sent at once
 * @param validateCerts whether the server must prove who it is
 * @param headers further header lines
 * @param httpAgent what is said to be asking
 * @param useProxy whether proxies of the environment are used
 * @param clientCert certificate file on the host
 * @param clientKey its key
 * @param caPath authorities to trust
 * @param unredirectedHeaders headers that do not go to where a redirect leads
 * @param useNetrc whether ~/.netrc may add credentials
 * @param ciphers what may be spoken inside TLS, in OpenSSL's words
 * @param useGssapi whether Kerberos is used
 */
public record HttpOptions(
    @Arg(
            doc = "User for the server.",
            aliases = {"user", "username"})
        Optional<String> urlUsername,
    @Arg(
            doc = "Password for the server; it never becomes an argument of a program.",
            aliases = {"password"})
        Optional<Value.Textual> urlPassword,
    @Arg(doc = "Send the password without being asked; always so.", defaultsTo = "false")
        boolean forceBasicAuth,
    @Arg(doc = "Whether the server's certificate must be good.", defaultsTo = "true")
        boolean validateCerts,
    @Arg(doc = "Further header lines.") Map<String, Value.Textual> headers,
    @Arg(doc = "What is said to be asking.", defaultsTo = "ansible-httpget") String httpAgent,
    @Arg(doc = "Use the proxy that the environment names.", defaultsTo = "true") boolean useProxy,
    @Arg(doc = "File on the host with a certificate to show.") Optional<String> clientCert,
    @Arg(doc = "File on the host with the key of that certificate.") Optional<String> clientKey,
    @Arg(doc = "File on the host with the authorities to trust.") Optional<String> caPath,
    @Arg(
            doc =
                "Names of headers that do not go to where a redirect leads; redirects of requests"
                    + " other than GET and HEAD are refused with them.")
        List<String> unredirectedHeaders,
    @Arg(doc = "Let ~/.netrc add credentials.", defaultsTo = "true") boolean useNetrc,
    @Arg(doc = "What may be spoken inside TLS 1.2 and older: OpenSSL's names or a list of them.")
        List<String> ciphers,
    @Arg(
            doc =
                "Log in with Kerberos; refused when true, for it needs a ticket that somebody has"
                    + " fetched on the host: call `curl --negotiate` in a command task.",
            defaultsTo = "false")
        boolean useGssapi) {

  /** Refuses what curl would need a ticket of the host's for. */
  public HttpOptions {
    if (useGssapi) {
      throw new Refusal(
          "use_gssapi is not supported; call curl with --negotiate in a command task");
    }
  }

  /**
   * Whether curl must be asked again for where a redirect leads, because it may not be told all:
   * curl itself sends it all headers or none.
   */
  boolean parted(boolean follows) {
    return follows && !unredirectedHeaders.isEmpty();
  }

  private boolean unredirected(String header) {
    return unredirectedHeaders.stream().anyMatch(header::equalsIgnoreCase);
  }

  /**
   * A configuration for curl with all of this, to be read from its standard input.
   *
   * @param follows whether redirects are followed
   */
  CurlConfig config(String url, int timeout, boolean follows) {
    boolean parted = parted(follows);
    CurlConfig config = new CurlConfig();
    if (parted) {
      config.forAddress("url", Value.text(url));
    } else {
      config.set("url", Value.text(url));
    }
    config
        .set("user-agent", Value.text(httpAgent))
        .set("connect-timeout", Value.text(Integer.toString(timeout)))
        .set("speed-time", Value.text(Integer.toString(timeout)))
        .set("speed-limit", Value.text("1"));
    headers.forEach(
        (name, value) -> {
          if (parted && unredirected(name)) {
            config.headerForAddress(name, value);
          } else {
            config.header(name, value);
          }
        });
    if (urlUsername.isPresent() || urlPassword.isPresent()) {
      Value.Textual password = urlPassword.orElse(Value.text(""));
      Value.Textual login = password.with(urlUsername.orElse("") + ":" + password.reveal());
      if (!parted) {
        config.set("user", login);
      } else if (unredirected("Authorization")) {
        config.forAddress("user", login);
      } else {
        config.forHost("user", login);
      }
    } else if (useNetrc) {
      config.flag("netrc-optional");
    }
    if (!validateCerts) {
      config.flag("insecure");
    }
    if (!useProxy) {
      config.set("noproxy", Value.text("*"));
    }
    clientCert.ifPresent(file -> config.set("cert", Value.text(file)));
    clientKey.ifPresent(file -> config.set("key", Value.text(file)));
    if (!ciphers.isEmpty()) {
      config.set("ciphers", Value.text(String.join(":", ciphers)));
    }
    caPath.ifPresent(file -> config.set("cacert", Value.text(file)));
    return config;
  }
}

package dev.hearth.ssh;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * The settings of ssh_config that Hearth honours; the others have no effect here, or are refused.
 */
enum SshKeyword {
  HOSTNAME,
  USER,
  PORT,
  IDENTITYFILE,
  IDENTITIESONLY,
  IDENTITYAGENT,
  USERKNOWNHOSTSFILE,
  GLOBALKNOWNHOSTSFILE,
  STRICTHOSTKEYCHECKING,
  HOSTKEYALIAS,
  CONNECTTIMEOUT,
  SERVERALIVEINTERVAL,
  SERVERALIVECOUNTMAX,
  PROXYJUMP,
  PROXYCOMMAND,
  FORWARDAGENT;

  /**
   * Settings about things that Hearth does not do (terminals, forwarding, sharing of connections)
   * or does in one way that is at least as strict (algorithms, which methods of logging in are
   * tried).
   */
  private static final Set<String> WITHOUT_EFFECT =
      Set.of(
          "addkeystoagent",
          "addressfamily",
          "batchmode",
          "canonicaldomains",
          "canonicalizefallbacklocal",
          "canonicalizemaxdots",
          "channeltimeout",
          "checkhostip",
          "ciphers",
          "clearallforwardings",
          "compression",
          "compressionlevel",
          "connectionattempts",
          "controlmaster",
          "controlpath",
          "controlpersist",
          "dynamicforward",
          "enableescapecommandline",
          "escapechar",
          "exitonforwardfailure",
          "fingerprinthash",
          "forkafterauthentication",
          "forwardx11",
          "forwardx11timeout",
          "forwardx11trusted",
          "gatewayports",
          "gssapiauthentication",
          "gssapidelegatecredentials",
          "gssapikeyexchange",
          "hashknownhosts",
          "hostbasedauthentication",
          "hostkeyalgorithms",
          "ignoreunknown",
          "ipqos",
          "kbdinteractiveauthentication",
          "kbdinteractivedevices",
          "kexalgorithms",
          "localcommand",
          "localforward",
          "loglevel",
          "logverbose",
          "macs",
          "nohostauthenticationforlocalhost",
          "numberofpasswordprompts",
          "passwordauthentication",
          "permitlocalcommand",
          "preferredauthentications",
          "protocol",
          "pubkeyacceptedalgorithms",
          "pubkeyacceptedkeytypes",
          "pubkeyauthentication",
          "rekeylimit",
          "remotecommand",
          "remoteforward",
          "requesttty",
          "requiredrsasize",
          "sendenv",
          "sessiontype",
          "setenv",
          "stdinnull",
          "streamlocalbindmask",
          "streamlocalbindunlink",
          "syslogfacility",
          "tcpkeepalive",
          "tag",
          "tunnel",
          "tunneldevice",
          "updatehostkeys",
          "usekeychain",
          "verifyhostkeydns",
          "visualhostkey",
          "xauthlocation");

  /** The keyword with that name. */
  static Optional<SshKeyword> of(String name) {
    return Arrays.stream(values()).filter(keyword -> keyword.written().equals(name)).findFirst();
  }

  /** Whether a setting may stand there although Hearth does nothing with it. */
  static boolean withoutEffect(String name, String value) {
    boolean off = name.equals("canonicalizehostname") && value.equalsIgnoreCase("no");
    return off || WITHOUT_EFFECT.contains(name);
  }

  /** All names that may stand in a file, for proposals. */
  static List<String> names() {
    return Arrays.stream(values()).map(SshKeyword::written).toList();
  }

  private String written() {
    return name().toLowerCase(Locale.ROOT);
  }
}

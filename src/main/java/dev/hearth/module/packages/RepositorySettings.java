package dev.hearth.module.packages;

import dev.hearth.module.Arg;
import dev.hearth.value.Value;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The settings of a repository of Red Hat's family: parameters of {@code yum_repository}. */
public record RepositorySettings(
    @Arg(name = "async", doc = "Download in parallel.") Optional<Boolean> parallel,
    @Arg(doc = "Most bytes in a second.") Optional<String> bandwidth,
    @Arg(doc = "Addresses of its packages.") List<String> baseurl,
    @Arg(doc = "Its cost against others.") Optional<String> cost,
    @Arg(doc = "Count this host.") Optional<Boolean> countme,
    @Arg(doc = "Relative size of deltas of the lists.") Optional<String> deltarpmMetadataPercentage,
    @Arg(doc = "Relative size of deltas of packages.") Optional<String> deltarpmPercentage,
    @Arg(doc = "Whether it is used.") Optional<Boolean> enabled,
    @Arg(doc = "Whether groups of packages count.") Optional<Boolean> enablegroups,
    @Arg(
            doc = "Packages to leave away.",
            aliases = {"excludepkgs"})
        List<String> exclude,
    @Arg(
            doc = "How mirrors are chosen.",
            choices = {"priority", "roundrobin"})
        Optional<String> failovermethod,
    @Arg(doc = "Address of the authority's key.") Optional<String> gpgcakey,
    @Arg(doc = "Whether packages must be signed.") Optional<Boolean> gpgcheck,
    @Arg(doc = "Addresses of the keys.") List<String> gpgkey,
    @Arg(
            doc = "What caches on the way may keep.",
            choices = {"all", "none", "packages"})
        Optional<String> httpCaching,
    @Arg(doc = "Another file of settings.") Optional<String> include,
    @Arg(doc = "Only these packages.") List<String> includepkgs,
    @Arg(
            doc = "Which addresses are used.",
            choices = {"4", "6", "IPv4", "IPv6", "whatever"})
        Optional<String> ipResolve,
    @Arg(doc = "Keep connections open.") Optional<Boolean> keepalive,
    @Arg(
            doc = "Keep packages.",
            choices = {"0", "1"})
        Optional<String> keepcache,
    @Arg(doc = "When the lists are old.") Optional<String> metadataExpire,
    @Arg(
            doc = "Which commands care.",
            choices = {"never", "read-only:future", "read-only:past", "read-only:present"})
        Optional<String> metadataExpireFilter,
    @Arg(doc = "Address of a metalink.") Optional<String> metalink,
    @Arg(doc = "Address of a list of mirrors.") Optional<String> mirrorlist,
    @Arg(doc = "When the list of mirrors is old.") Optional<String> mirrorlistExpire,
    @Arg(doc = "Modules do not hide packages.") Optional<Boolean> moduleHotfixes,
    @Arg(doc = "The password.") Optional<Value.Textual> password,
    @Arg(doc = "Its priority.") Optional<String> priority,
    @Arg(doc = "Guard its packages.") Optional<Boolean> protect,
    @Arg(doc = "The proxy; `_none_` for none.") Optional<String> proxy,
    @Arg(doc = "Its password.") Optional<Value.Textual> proxyPassword,
    @Arg(doc = "Its user.") Optional<String> proxyUsername,
    @Arg(doc = "Whether its lists must be signed.") Optional<Boolean> repoGpgcheck,
    @Arg(doc = "Tries of a download.") Optional<String> retries,
    @Arg(doc = "It is in Amazon's S3.") Optional<Boolean> s3Enabled,
    @Arg(doc = "Go on without it when it cannot be reached.") Optional<Boolean> skipIfUnavailable,
    @Arg(doc = "Check who may read the certificates.") Optional<Boolean> sslCheckCertPermissions,
    @Arg(
            doc = "File of the authorities.",
            aliases = {"ca_cert"})
        Optional<String> sslcacert,
    @Arg(
            doc = "File of the client's certificate.",
            aliases = {"client_cert"})
        Optional<String> sslclientcert,
    @Arg(
            doc = "File of the client's key.",
            aliases = {"client_key"})
        Optional<String> sslclientkey,
    @Arg(
            doc = "Check certificates.",
            aliases = {"validate_certs"})
        Optional<Boolean> sslverify,
    @Arg(doc = "Most of the line that it takes.") Optional<String> throttle,
    @Arg(doc = "Seconds to wait.") Optional<String> timeout,
    @Arg(doc = "Variables of the id for people.") Optional<String> uiRepoidVars,
    @Arg(doc = "The user.") Optional<String> username) {

  /** By their names in the file. */
  Map<String, String> byName() {
    Map<String, String> all = new TreeMap<>();
    parallel.ifPresent(it -> all.put("async", it ? "1" : "0"));
    bandwidth.ifPresent(it -> all.put("bandwidth", it));
    lines(all, baseurl, "baseurl");
    cost.ifPresent(it -> all.put("cost", it));
    countme.ifPresent(it -> all.put("countme", it ? "1" : "0"));
    deltarpmMetadataPercentage.ifPresent(it -> all.put("deltarpm_metadata_percentage", it));
    deltarpmPercentage.ifPresent(it -> all.put("deltarpm_percentage", it));
    enabled.ifPresent(it -> all.put("enabled", it ? "1" : "0"));
    enablegroups.ifPresent(it -> all.put("enablegroups", it ? "1" : "0"));
    lines(all, exclude, "exclude");
    failovermethod.ifPresent(it -> all.put("failovermethod", it));
    gpgcakey.ifPresent(it -> all.put("gpgcakey", it));
    gpgcheck.ifPresent(it -> all.put("gpgcheck", it ? "1" : "0"));
    lines(all, gpgkey, "gpgkey");
    httpCaching.ifPresent(it -> all.put("http_caching", it));
    include.ifPresent(it -> all.put("include", it));
    lines(all, includepkgs, "includepkgs");
    ipResolve.ifPresent(it -> all.put("ip_resolve", it));
    keepalive.ifPresent(it -> all.put("keepalive", it ? "1" : "0"));
    keepcache.ifPresent(it -> all.put("keepcache", it));
    metadataExpire.ifPresent(it -> all.put("metadata_expire", it));
    metadataExpireFilter.ifPresent(it -> all.put("metadata_expire_filter", it));
    metalink.ifPresent(it -> all.put("metalink", it));
    mirrorlist.ifPresent(it -> all.put("mirrorlist", it));
    mirrorlistExpire.ifPresent(it -> all.put("mirrorlist_expire", it));
    moduleHotfixes.ifPresent(it -> all.put("module_hotfixes", it ? "1" : "0"));
    password.ifPresent(it -> all.put("password", it.reveal()));
    priority.ifPresent(it -> all.put("priority", it));
    protect.ifPresent(it -> all.put("protect", it ? "1" : "0"));
    proxy.ifPresent(it -> all.put("proxy", it));
    proxyPassword.ifPresent(it -> all.put("proxy_password", it.reveal()));
    proxyUsername.ifPresent(it -> all.put("proxy_username", it));
    repoGpgcheck.ifPresent(it -> all.put("repo_gpgcheck", it ? "1" : "0"));
    retries.ifPresent(it -> all.put("retries", it));
    s3Enabled.ifPresent(it -> all.put("s3_enabled", it ? "1" : "0"));
    skipIfUnavailable.ifPresent(it -> all.put("skip_if_unavailable", it ? "1" : "0"));
    sslCheckCertPermissions.ifPresent(it -> all.put("ssl_check_cert_permissions", it ? "1" : "0"));
    sslcacert.ifPresent(it -> all.put("sslcacert", it));
    sslclientcert.ifPresent(it -> all.put("sslclientcert", it));
    sslclientkey.ifPresent(it -> all.put("sslclientkey", it));
    sslverify.ifPresent(it -> all.put("sslverify", it ? "1" : "0"));
    throttle.ifPresent(it -> all.put("throttle", it));
    timeout.ifPresent(it -> all.put("timeout", it));
    uiRepoidVars.ifPresent(it -> all.put("ui_repoid_vars", it));
    username.ifPresent(it -> all.put("username", it));
    return all;
  }

  /** Whether something in it must not be shown. */
  boolean secret() {
    return password.filter(Value.Secret.class::isInstance).isPresent()
        || proxyPassword.filter(Value.Secret.class::isInstance).isPresent();
  }

  private static void lines(Map<String, String> all, List<String> values, String name) {
    if (!values.isEmpty()) {
      boolean words = name.equals("exclude") || name.equals("includepkgs");
      all.put(name, String.join(words ? " " : "\n", values));
    }
  }
}

package io.roster.net.transport.netty;

import java.nio.file.Path;

/** Whether connections are encrypted. Immutable. */
public sealed interface LinkSecurity {

  /** They are not: the cookie keeps strangers out, but whoever reads the network reads along. */
  record Plain() implements LinkSecurity {}

  /**
   * TLS 1.3, both ends with a certificate of the cluster's own authority.
   *
   * @param certificateChain this end's certificate and its issuers, PEM
   * @param privateKey its key, PKCS#8 PEM without a password
   * @param authorities whose certificates are trusted, PEM
   */
  record Tls(Path certificateChain, Path privateKey, Path authorities) implements LinkSecurity {}
}

package io.roster.net.transport.netty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class TlsIT {

  private static final char[] PASSWORD = "throw-away".toCharArray();

  @TempDir Path folder;

  private final List<LinkProbe> started = new ArrayList<>();

  @AfterEach
  void stop() {
    started.forEach(LinkProbe::close);
  }

  private LinkProbe start(String name, LinkSecurity security) throws IOException {
    var probe = LinkProbe.start(name, 1, LinkProbe.OPTIONS.withSecurity(security));
    started.add(probe);
    return probe;
  }

  /** A certificate that is its own authority. */
  private LinkSecurity.Tls certificate(String name) throws Exception {
    Path store = folder.resolve(name + ".p12");
    var keytool = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
    var made =
        new ProcessBuilder(
                keytool,
                "-genkeypair",
                "-alias",
                "node",
                "-keyalg",
                "EC",
                "-dname",
                "CN=" + name,
                "-keystore",
                store.toString(),
                "-storetype",
                "PKCS12",
                "-storepass",
                new String(PASSWORD))
            .inheritIO()
            .start();
    assertThat(made.waitFor(60, TimeUnit.SECONDS)).isTrue();
    var keys = KeyStore.getInstance(store.toFile(), PASSWORD);
    Path certificate = folder.resolve(name + ".crt");
    Path key = folder.resolve(name + ".key");
    pem(certificate, "CERTIFICATE", keys.getCertificate("node").getEncoded());
    pem(key, "PRIVATE KEY", keys.getKey("node", PASSWORD).getEncoded());
    return new LinkSecurity.Tls(certificate, key, certificate);
  }

  private static void pem(Path file, String what, byte[] bytes) throws IOException {
    var text = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(bytes);
    Files.writeString(
        file, "-----BEGIN " + what + "-----\n" + text + "\n-----END " + what + "-----\n");
  }

  @Test
  void nodes_of_one_authority_link_and_talk() throws Exception {
    var tls = certificate("cluster");
    var a = start("a", tls);
    var b = start("b", tls);

    a.connect(b);

    assertThat(a.next()).isEqualTo("up b#1");
    assertThat(b.next()).isEqualTo("up a#1");
    a.send(b, "in secret " + "x".repeat(100_000));
    assertThat(b.next()).isEqualTo("a#1 says in secret " + "x".repeat(100_000));
  }

  @Test
  void strangers_are_kept_out_whether_they_have_another_certificate_or_none() throws Exception {
    var tls = certificate("cluster");
    var a = start("a", tls);
    var b = start("b", tls);
    var other = start("other", certificate("stranger"));
    var plain = start("plain", new LinkSecurity.Plain());

    other.connect(a);
    plain.connect(a);
    b.connect(a);

    assertThat(a.next()).isEqualTo("up b#1");
    assertThat(b.next()).isEqualTo("up a#1");
    b.send(a, "alone");
    assertThat(a.next()).isEqualTo("b#1 says alone");
    assertThat(other.events).isEmpty();
    assertThat(plain.events).isEmpty();
  }

  @Test
  void files_that_are_no_certificates_are_said_clearly() throws Exception {
    Path nonsense = Files.writeString(folder.resolve("nonsense"), "nonsense");

    assertThatThrownBy(() -> start("a", new LinkSecurity.Tls(nonsense, nonsense, nonsense)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("expected PEM certificates");
  }
}

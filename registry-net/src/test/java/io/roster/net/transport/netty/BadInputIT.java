package io.roster.net.transport.netty;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.roster.core.identity.NodeId;
import io.roster.core.identity.NodeName;
import io.roster.net.wire.LinkMessage;
import io.roster.net.wire.LinkMessage.Accepted;
import io.roster.net.wire.LinkMessage.Challenge;
import io.roster.net.wire.LinkMessage.Data;
import io.roster.net.wire.LinkMessage.Dialler;
import io.roster.net.wire.LinkMessage.Hello;
import io.roster.net.wire.LinkMessage.Proof;
import io.roster.net.wire.LinkMessage.Refused;
import io.roster.net.wire.LinkMessage.Seat;
import io.roster.net.wire.LinkWire;
import io.roster.net.wire.RefusalCode;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What strangers and broken peers send to the link port, while two nodes are linked. */
@Timeout(60)
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class BadInputIT {

  private static final int READ_MILLIS = 20_000;

  private LinkProbe a;
  private LinkProbe b;

  @BeforeEach
  void start() throws Exception {
    a = LinkProbe.start("a", 1);
    b = LinkProbe.start("b", 1);
    a.connect(b);
    a.next();
    b.next();
  }

  @AfterEach
  void the_running_link_is_undisturbed() throws Exception {
    a.send(b, "still here");
    assertThat(b.next()).isEqualTo("a#1 says still here");
    assertThat(a.events).isEmpty();
    a.close();
    b.close();
  }

  private Socket dial() throws IOException {
    var socket = new Socket();
    socket.setSoTimeout(READ_MILLIS);
    socket.connect(a.transport.localAddress());
    return socket;
  }

  private static Hello hello(String cluster, Dialler dialler, Seat seat) {
    return new Hello(1, 1, cluster, dialler, seat, Handshake.nonce(new SecureRandom()));
  }

  private static Hello client() {
    return hello("test", new Dialler.Client("raw"), new Seat(0, 0, 1, Optional.empty()));
  }

  private static void write(Socket socket, ByteString frame) throws IOException {
    var out = new DataOutputStream(socket.getOutputStream());
    out.writeInt(frame.size());
    out.write(frame.toByteArray());
    out.flush();
  }

  private static ByteString readFrame(Socket socket) throws IOException {
    var in = new DataInputStream(socket.getInputStream());
    var bytes = new byte[in.readInt()];
    in.readFully(bytes);
    return ByteString.copyFrom(bytes);
  }

  private static Refused refusal(Socket socket) throws Exception {
    var message = LinkWire.decode(readFrame(socket));
    assertThat(message).isInstanceOf(Refused.class);
    assertThat(socket.getInputStream().read()).as("closed after the refusal").isEqualTo(-1);
    return (Refused) message;
  }

  @Test
  void another_cluster_is_refused_with_both_names() throws Exception {
    try (var socket = dial()) {
      var stranger = new Dialler.Node(new NodeId(new NodeName("x"), 1));
      write(
          socket,
          LinkWire.encode(hello("elsewhere", stranger, new Seat(1, 0, 3, Optional.empty()))));

      assertThat(refusal(socket))
          .isEqualTo(
              new Refused(RefusalCode.CLUSTER, "expected cluster \"test\", got: \"elsewhere\""));
    }
  }

  @Test
  void another_protocol_is_refused() throws Exception {
    try (var socket = dial()) {
      var future =
          new Hello(
              7,
              9,
              "test",
              new Dialler.Client("raw"),
              new Seat(0, 0, 1, Optional.empty()),
              Handshake.nonce(new SecureRandom()));
      write(socket, LinkWire.encode(future));

      assertThat(refusal(socket).code()).isEqualTo(RefusalCode.PROTOCOL);
    }
  }

  @Test
  void another_cookie_is_refused() throws Exception {
    try (var socket = dial()) {
      var hello = LinkWire.encode(client());
      write(socket, hello);
      var challenge = readFrame(socket);
      assertThat(LinkWire.decode(challenge)).isInstanceOf(Challenge.class);
      var mac =
          Cookie.of("guessed")
              .prove(Handshake.DIALLER, hello.toByteArray(), challenge.toByteArray());
      write(socket, LinkWire.encode(new Proof(ByteString.copyFrom(mac))));

      assertThat(refusal(socket).code()).isEqualTo(RefusalCode.COOKIE);
    }
  }

  @Test
  void a_proof_for_another_role_is_refused() throws Exception {
    try (var socket = dial()) {
      var hello = LinkWire.encode(client());
      write(socket, hello);
      var challenge = readFrame(socket);
      var mac =
          LinkProbe.OPTIONS
              .cookie()
              .prove(Handshake.DIALLED, hello.toByteArray(), challenge.toByteArray());
      write(socket, LinkWire.encode(new Proof(ByteString.copyFrom(mac))));

      assertThat(refusal(socket).code()).isEqualTo(RefusalCode.COOKIE);
    }
  }

  @Test
  void data_before_the_handshake_is_refused() throws Exception {
    try (var socket = dial()) {
      write(socket, LinkWire.encode(new Data(1, ByteString.copyFromUtf8("let me in"))));

      assertThat(refusal(socket))
          .isEqualTo(new Refused(RefusalCode.MALFORMED, "expected Hello, got: Data"));
    }
  }

  @Test
  void another_protocols_bytes_are_refused_with_what_came() throws Exception {
    try (var socket = dial()) {
      socket
          .getOutputStream()
          .write("GET / HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(StandardCharsets.US_ASCII));

      var refusal = refusal(socket);
      assertThat(refusal.code()).isEqualTo(RefusalCode.MALFORMED);
      assertThat(refusal.detail()).contains("at most 4096 bytes").contains("47455420");
    }
  }

  @Test
  void random_bytes_end_the_connection_alone() throws Exception {
    long seed = System.nanoTime();
    var random = new Random(seed);
    for (int round = 0; round < 50; round++) {
      try (var socket = dial()) {
        var bytes = new byte[1 + random.nextInt(200)];
        random.nextBytes(bytes);
        bytes[0] = 0;
        bytes[1 % bytes.length] = 0;
        socket.getOutputStream().write(bytes);
        socket.shutdownOutput();
        socket.getInputStream().readAllBytes();
      } catch (IOException e) {
        assertThat(e).as("seed " + seed).hasMessageContaining("reset");
      }
    }
  }

  @Test
  void a_frame_over_the_limit_ends_the_connection_that_sent_it() throws Exception {
    try (var socket = dial()) {
      write(socket, LinkWire.encode(client()));
      readFrame(socket);
      var out = new DataOutputStream(socket.getOutputStream());
      out.writeInt(64 << 20);
      out.flush();

      assertThat(refusal(socket).detail()).contains("got: length 67108864");
    }
  }

  @Test
  void a_peer_that_sends_byte_by_byte_is_understood() throws Exception {
    var clients = new java.util.concurrent.LinkedBlockingQueue<String>();
    a.transport.onClients(new NotingClients(clients));
    try (var socket = dial()) {
      socket.setTcpNoDelay(true);
      var hello = LinkWire.encode(client());
      trickle(socket, hello);
      var challenge = readFrame(socket);
      var mac =
          LinkProbe.OPTIONS
              .cookie()
              .prove(Handshake.DIALLER, hello.toByteArray(), challenge.toByteArray());
      trickle(socket, LinkWire.encode(new Proof(ByteString.copyFrom(mac))));
      assertThat(LinkWire.decode(readFrame(socket))).isInstanceOf(Accepted.class);
      trickle(socket, LinkWire.encode(new Data(2, ByteString.copyFromUtf8("slowly"))));

      assertThat(clients.poll(20, java.util.concurrent.TimeUnit.SECONDS)).isEqualTo("slowly");
    }
  }

  private static void trickle(Socket socket, ByteString frame) throws IOException {
    var whole = new java.io.ByteArrayOutputStream();
    var out = new DataOutputStream(whole);
    out.writeInt(frame.size());
    out.write(frame.toByteArray());
    for (byte each : whole.toByteArray()) {
      socket.getOutputStream().write(each);
      socket.getOutputStream().flush();
    }
  }

  @Test
  void a_client_that_sends_nonsense_after_the_handshake_is_cut_off() throws Exception {
    a.transport.onClients(new NotingClients(new java.util.concurrent.LinkedBlockingQueue<>()));
    try (var socket = dial()) {
      var hello = LinkWire.encode(client());
      write(socket, hello);
      var challenge = readFrame(socket);
      var mac =
          LinkProbe.OPTIONS
              .cookie()
              .prove(Handshake.DIALLER, hello.toByteArray(), challenge.toByteArray());
      write(socket, LinkWire.encode(new Proof(ByteString.copyFrom(mac))));
      LinkMessage accepted = LinkWire.decode(readFrame(socket));
      assertThat(accepted).isInstanceOf(Accepted.class);
      write(socket, ByteString.copyFromUtf8("nonsense"));

      assertThat(socket.getInputStream().readAllBytes().length).isLessThan(100);
    }
  }
}

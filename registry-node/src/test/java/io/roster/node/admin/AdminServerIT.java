package io.roster.node.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.roster.node.config.AdminOptions;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
@Timeout(60)
class AdminServerIT {

  private final FixedNodeView view = new FixedNodeView();
  private final NodeMetrics metrics = new NodeMetrics("a");
  private AdminServer server;

  @BeforeEach
  void start() throws BindException {
    server = AdminServer.start("a", AdminOptions.loopback(0), routes());
  }

  @AfterEach
  void stop() {
    server.close();
    metrics.close();
  }

  @Test
  void answers_are_json_with_the_components_of_the_records() throws IOException {
    assertThat(get("/members")).contains("200 OK", "application/json", "\"viewsAgree\":true");
    assertThat(get("/names/orders%2F%C3%A9t%C3%A9")).contains("200 OK", "\"pid\":\"<a#1.7>\"");
  }

  @Test
  void an_absent_name_is_404_and_says_so() throws IOException {
    assertThat(get("/names/none")).contains("404", "{\"error\":\"no such name: none\"}");
  }

  @Test
  void an_unknown_path_is_404_in_json() throws IOException {
    assertThat(get("/nothing")).contains("404", "{\"error\":\"no such path: /nothing\"}");
  }

  @Test
  void readiness_is_503_while_a_check_fails() throws IOException {
    assertThat(get("/health/ready")).contains("200 OK");

    view.ready = false;

    assertThat(get("/health/ready")).contains("503", "\"ready\":false");
    assertThat(get("/health/live")).contains("200 OK");
  }

  @Test
  void metrics_are_prometheus_text() throws IOException {
    assertThat(get("/metrics"))
        .contains("200 OK", "text/plain; version=0.0.4")
        .contains(
            "roster_members_up{node=\"a\"} 1.0", "roster_ready{node=\"a\"} 1.0", "jvm_memory");
  }

  @Test
  void metrics_and_members_say_for_how_long_the_views_have_differed() throws IOException {
    assertThat(get("/metrics")).contains("roster_views_disagree_ms{node=\"a\"} 0.0");

    view.viewsDisagreeMs = 9_900;

    assertThat(get("/metrics")).contains("roster_views_disagree_ms{node=\"a\"} 9900.0");
    assertThat(get("/members")).contains("\"viewsAgree\":false", "\"viewsDisagreeMs\":9900");
  }

  @Test
  void a_body_of_unknown_length_over_the_limit_is_refused_too() throws IOException {
    var chunk = "10000\r\n" + "x".repeat(0x10000) + "\r\n";

    assertThat(
            ask(
                "POST /shop/orders HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
                    + "Transfer-Encoding: chunked\r\n\r\n"
                    + chunk.repeat(17)
                    + "0\r\n\r\n"))
        .contains("413");
  }

  @Test
  void a_module_adds_paths_of_its_own() throws IOException {
    assertThat(get("/shop/orders?n=2")).contains("200 OK", "[\"order 2\"]");
    assertThat(get("/shop/orders?n=x")).contains("400", "expected n to be a whole number");
  }

  @Test
  void a_path_that_is_taken_is_refused() {
    var routes = new RouteTable();
    StandardRoutes.install(routes, view);

    assertThatThrownBy(() -> routes.get("/members", _ -> ""))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("expected a path that is not taken, got: GET /members");
  }

  @Test
  void a_failing_answer_is_500_without_its_stack() throws IOException {
    assertThat(get("/workers")).contains("500").doesNotContain("broken on purpose", "\tat ");
  }

  @Test
  void garbage_disturbs_nothing() throws IOException {
    var random = new Random(42);
    for (int i = 0; i < 20; i++) {
      var bytes = new byte[4096];
      random.nextBytes(bytes);
      try (var socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
        socket.getOutputStream().write(bytes);
        socket.shutdownOutput();
        socket.getInputStream().readAllBytes();
      } catch (IOException e) {
        // Jetty may close before all was written; that is an answer too.
      }
    }

    assertThat(get("/health/live")).contains("200 OK");
  }

  @Test
  void a_body_over_the_limit_is_refused() throws IOException {
    assertThat(
            ask(
                "POST /shop/orders HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
                    + "Content-Length: 99999999\r\n\r\n"))
        .contains("413");
  }

  @Test
  void pages_of_other_origins_and_rebound_names_are_refused() throws IOException {
    assertThat(ask(request("/members", "Host: evil.example"))).contains("403");
    assertThat(ask(request("/members", "Host: localhost\r\nOrigin: http://evil.example")))
        .contains("403");
  }

  @Test
  void with_a_token_everything_but_health_and_the_empty_page_needs_it() throws IOException {
    server.close();
    var options = new AdminOptions(InetAddress.getLoopbackAddress(), 0, "right");
    var routes = new RouteTable();
    StandardRoutes.install(routes, view);
    server = AdminServer.start("a", options, routes);

    assertThat(get("/members")).contains("401").doesNotContain("right");
    assertThat(ask(request("/members", "Host: any\r\nAuthorization: Bearer wrong")))
        .contains("401");
    assertThat(ask(request("/members", "Host: any\r\nAuthorization: Bearer right")))
        .contains("200 OK");
    assertThat(get("/health/ready")).contains("200 OK");
  }

  @Test
  void a_port_in_use_is_named() {
    assertThatThrownBy(() -> AdminServer.start("b", AdminOptions.loopback(server.port()), routes()))
        .isInstanceOf(BindException.class)
        .hasMessageContaining("expected a free port for administration")
        .hasMessageContaining(":" + server.port());
  }

  private RouteTable routes() {
    var routes = new RouteTable();
    StandardRoutes.install(routes, view);
    metrics.install(routes, view);
    routes.get("/shop/orders", request -> new String[] {"order " + request.number("n", 1)});
    routes.post("/shop/orders", request -> Map.of("bytes", request.body().length()));
    return routes;
  }

  private String get(String path) throws IOException {
    return ask(request(path, "Host: localhost:" + server.port()));
  }

  private static String request(String path, String headers) {
    return "GET " + path + " HTTP/1.1\r\n" + headers + "\r\nConnection: close\r\n\r\n";
  }

  private String ask(String request) throws IOException {
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
      socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}

package io.roster.node.cli;

import com.google.gson.JsonElement;
import com.google.gson.JsonParser;
import com.google.gson.JsonSyntaxException;
import io.roster.node.admin.Json;
import io.roster.node.config.HostPort;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

/**
 * Asks the admin port of one node. The JDK's oldest HTTP client is used because it is the quickest
 * to start, and a command's time is mostly its start. Blocks. Thread-safe.
 */
public final class AdminClient {

  private static final Duration CONNECT = Duration.ofSeconds(2);

  private final HostPort address;
  private final String token;

  /**
   * A client.
   *
   * @param token what the node wants to see, or empty
   */
  public AdminClient(HostPort address, String token) {
    this.address = address;
    this.token = token;
  }

  /** Whom it asks. */
  public HostPort address() {
    return address;
  }

  /**
   * An answer of any status.
   *
   * @param status the HTTP status
   * @param body what came with it
   */
  public record Answer(int status, JsonElement body) {

    /** Whether the status is of the two hundreds. */
    public boolean isOk() {
      return status / 100 == 2;
    }

    /**
     * The body of a good answer.
     *
     * @throws CommandFailure with the node's reason otherwise
     */
    public JsonElement orElseThrow() {
      if (isOk()) {
        return body;
      }
      boolean explained = body.isJsonObject() && body.getAsJsonObject().has("error");
      throw CommandFailure.failed(
          explained ? body.getAsJsonObject().get("error").getAsString() : "status " + status);
    }
  }

  /**
   * Asks for {@code path}.
   *
   * @throws CommandFailure if no node answers there, or it refuses
   */
  public JsonElement get(String path) {
    return ask("GET", path, Duration.ofSeconds(10)).orElseThrow();
  }

  /** Asks for {@code path} as rows of one type. */
  public <T> List<T> rows(String path, Class<T> type) {
    return get(path).getAsJsonArray().asList().stream().map(row -> Json.read(row, type)).toList();
  }

  /** Asks for {@code path} as one value. */
  public <T> T value(String path, Class<T> type) {
    return Json.read(get(path), type);
  }

  /**
   * Asks for something to be done.
   *
   * @param body JSON, or empty
   * @param wait how long it may take
   * @throws CommandFailure if no node answers there, or it refuses
   */
  public JsonElement post(String path, String body, Duration wait) {
    return ask("POST", path, body, wait).orElseThrow();
  }

  /**
   * Asks and hands back whatever the node answers.
   *
   * @throws CommandFailure if nothing answers there
   */
  public Answer ask(String method, String path, Duration wait) {
    return ask(method, path, "", wait);
  }

  private Answer ask(String method, String path, String body, Duration wait) {
    try {
      var connection =
          (HttpURLConnection) URI.create("http://" + address + path).toURL().openConnection();
      connection.setRequestMethod(method);
      connection.setConnectTimeout((int) CONNECT.toMillis());
      connection.setReadTimeout((int) wait.toMillis());
      if (!token.isEmpty()) {
        connection.setRequestProperty("Authorization", "Bearer " + token);
      }
      if (!body.isEmpty()) {
        connection.setDoOutput(true);
        connection.setRequestProperty("Content-Type", "application/json");
        connection.getOutputStream().write(body.getBytes(StandardCharsets.UTF_8));
      }
      return read(connection);
    } catch (IOException e) {
      throw CommandFailure.failed(
          "expected a node's admin port at " + address + " (see --admin), got: " + reason(e));
    } catch (JsonSyntaxException e) {
      throw CommandFailure.failed(
          "expected a node's admin port at " + address + " (see --admin), got: no JSON");
    }
  }

  /** {@code text} as one segment of a path. */
  public static String segment(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  private static Answer read(HttpURLConnection connection) throws IOException {
    int status = connection.getResponseCode();
    try (var body = bodyOf(connection, status)) {
      return new Answer(
          status, JsonParser.parseString(new String(body.readAllBytes(), StandardCharsets.UTF_8)));
    }
  }

  private static InputStream bodyOf(HttpURLConnection connection, int status) throws IOException {
    if (status < 400) {
      return connection.getInputStream();
    }
    var body = connection.getErrorStream();
    return body == null ? InputStream.nullInputStream() : body;
  }

  private static String reason(IOException e) {
    return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
  }
}

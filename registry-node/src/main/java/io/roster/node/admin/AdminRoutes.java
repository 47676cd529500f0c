package io.roster.node.admin;

import java.util.Map;

/**
 * Where a module puts paths of its own on the admin port. Paths are taken until the port opens.
 * Confined to the thread that starts the node.
 */
public interface AdminRoutes {

  /**
   * Answers GET requests.
   *
   * @param path begins with a slash; {@code {name}} stands for one segment
   * @throws IllegalArgumentException if the path is taken or malformed
   */
  void get(String path, Handler handler);

  /** Answers POST requests; otherwise as {@link #get}. */
  void post(String path, Handler handler);

  /** Answers DELETE requests; otherwise as {@link #get}. */
  void delete(String path, Handler handler);

  /** Answers one kind of request; runs on a virtual thread of its own and may block. */
  @FunctionalInterface
  interface Handler {

    /**
     * Answers.
     *
     * @return a record, list, map or plain value to be shown as JSON; an {@link Answer} to choose
     *     the status too
     * @throws IllegalArgumentException if the request makes no sense: status 400 with its message
     * @throws Exception if anything else goes wrong: status 500
     */
    Object answer(Request request) throws Exception;
  }

  /**
   * A request. Immutable.
   *
   * @param segments what stood in the path's places, decoded
   * @param query the query parameters, the first of each name
   * @param body the body as text
   */
  record Request(Map<String, String> segments, Map<String, String> query, String body) {

    /** What stands in the path at {@code place}. */
    public String segment(String place) {
      var value = segments.get(place);
      if (value == null) {
        throw new IllegalArgumentException("expected " + place + " in the path, got: nothing");
      }
      return value;
    }

    /** A query parameter that must be there. */
    public String required(String name) {
      var value = query.get(name);
      if (value == null || value.isEmpty()) {
        throw new IllegalArgumentException(
            "expected the query parameter " + name + ", got: nothing");
      }
      return value;
    }

    /** A query parameter, or what stands for it. */
    public String optional(String name, String otherwise) {
      return query.getOrDefault(name, otherwise);
    }

    /** A whole number among the query parameters, or what stands for it. */
    public long number(String name, long otherwise) {
      var value = query.get(name);
      if (value == null) {
        return otherwise;
      }
      try {
        return Long.parseLong(value);
      } catch (NumberFormatException e) {
        throw new IllegalArgumentException(
            "expected " + name + " to be a whole number, got: \"" + value + "\"", e);
      }
    }
  }

  /**
   * A body with a status other than 200. Immutable.
   *
   * @param status the HTTP status
   * @param body as in {@link Handler#answer}
   */
  record Answer(int status, Object body) {

    /** Status 404 with a message. */
    public static Answer notFound(String message) {
      return new Answer(404, Map.of("error", message));
    }

    /** Status 409 with a message: the state of things does not allow it. */
    public static Answer conflict(String message) {
      return new Answer(409, Map.of("error", message));
    }

    /** Status 503 with a message: not now. */
    public static Answer unavailable(String message) {
      return new Answer(503, Map.of("error", message));
    }
  }

  /**
   * A body that is not JSON. Immutable.
   *
   * @param contentType its media type
   * @param text the body
   */
  record Text(String contentType, String text) {}
}

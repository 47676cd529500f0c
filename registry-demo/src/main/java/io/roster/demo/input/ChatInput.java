package io.roster.demo.input;

import io.roster.core.identity.ProcessName;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/**
 * The posts of every room, in the order of the input. Immutable.
 *
 * @param source where it was read from, for messages
 * @param rooms the posts of each room; rooms in the order of their first post
 */
public record ChatInput(String source, SequencedMap<String, List<ChatPost>> rooms) {

  /** More rooms than this are refused: each is a worker and is replayed at once with the others. */
  public static final int ROOMS_MAX = 10_000;

  /** More posts than this are refused, for the whole input is held in memory. */
  public static final int POSTS_MAX = 5_000_000;

  /** A longer line, in characters, is refused. */
  public static final int LINE_MAX = 64 * 1024;

  private static final String SAMPLE = "sample.tsv";
  private static final int SHOWN_MAX = 60;

  /** Copies the posts. */
  public ChatInput {
    var copy = new LinkedHashMap<String, List<ChatPost>>();
    rooms.forEach((room, posts) -> copy.put(room, List.copyOf(posts)));
    rooms = Collections.unmodifiableSequencedMap(copy);
  }

  /** Reads a file. */
  public static ChatInput read(Path file) throws ChatInputException {
    if (Files.isDirectory(file)) {
      throw new ChatInputException("input %s: expected a file, got: a folder".formatted(file));
    }
    try (var in = Files.newInputStream(file)) {
      return parse(file.toString(), in);
    } catch (NoSuchFileException e) {
      throw new ChatInputException(
          "input %s: expected a file with lines of room<TAB>user<TAB>text, got: no such file"
              .formatted(file));
    } catch (IOException e) {
      throw new ChatInputException("input %s: cannot be read: %s".formatted(file, e.getMessage()));
    }
  }

  /** The sample that ships with the demo. */
  public static ChatInput sample() {
    try (var in = ChatInput.class.getResourceAsStream(SAMPLE)) {
      if (in == null) {
        throw new IllegalStateException("invariant: " + SAMPLE + " is on the class path");
      }
      return parse(SAMPLE, in);
    } catch (IOException | ChatInputException e) {
      throw new IllegalStateException("invariant: the sample can be read", e);
    }
  }

  static ChatInput parse(String source, InputStream in) throws IOException, ChatInputException {
    var decoder = StandardCharsets.UTF_8.newDecoder();
    var reader = new BufferedReader(new InputStreamReader(in, decoder));
    var rooms = new LinkedHashMap<String, List<ChatPost>>();
    int line = 0;
    try {
      for (var text = reader.readLine(); text != null; text = reader.readLine()) {
        line++;
        add(rooms, parseLine(text, source + " line " + line), source, line);
      }
    } catch (CharacterCodingException e) {
      throw new ChatInputException(
          "input %s: expected UTF-8, got: other bytes after line %d".formatted(source, line));
    }
    if (rooms.isEmpty()) {
      throw new ChatInputException(
          "input %s: expected lines of room<TAB>user<TAB>text, got: no line".formatted(source));
    }
    return new ChatInput(source, rooms);
  }

  private static void add(Map<String, List<ChatPost>> rooms, ChatPost post, String source, int line)
      throws ChatInputException {
    rooms.computeIfAbsent(post.room(), room -> new ArrayList<>()).add(post);
    if (rooms.size() > ROOMS_MAX || line > POSTS_MAX) {
      throw new ChatInputException(
          "input %s line %d: expected at most %d rooms and %d posts"
              .formatted(source, line, ROOMS_MAX, POSTS_MAX));
    }
  }

  private static ChatPost parseLine(String line, String where) throws ChatInputException {
    if (line.length() > LINE_MAX) {
      throw new ChatInputException(
          "input %s: expected at most %d characters, got: %d"
              .formatted(where, LINE_MAX, line.length()));
    }
    var fields = line.split("\t", -1);
    if (fields.length != 3) {
      throw new ChatInputException(
          "input %s: expected room<TAB>user<TAB>text, got %d field%s: \"%s\""
              .formatted(where, fields.length, fields.length == 1 ? "" : "s", shown(line)));
    }
    if (fields[0].isEmpty() || fields[1].isEmpty()) {
      throw new ChatInputException(
          "input %s: expected a room and a user, got: \"%s\"".formatted(where, shown(line)));
    }
    try {
      var room = new ProcessName(fields[0]);
      return new ChatPost(room.value(), fields[1], fields[2]);
    } catch (IllegalArgumentException e) {
      throw new ChatInputException(
          "input %s: expected the room to be a process name: %s".formatted(where, e.getMessage()));
    }
  }

  private static String shown(String line) {
    var visible = line.replace("\t", "\\t");
    return visible.length() <= SHOWN_MAX ? visible : visible.substring(0, SHOWN_MAX) + "…";
  }

  /** How many posts there are in all rooms. */
  public int posts() {
    return rooms.values().stream().mapToInt(List::size).sum();
  }
}

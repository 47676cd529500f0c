package io.roster.demo.replay;

import io.roster.demo.chat.ChatEntry;

/** The way to the rooms. Thread-safe; what it does may block for a few seconds. */
@FunctionalInterface
public interface Rooms {

  /** Posts once, without repeating. */
  Attempt post(String room, ChatEntry entry) throws InterruptedException;
}

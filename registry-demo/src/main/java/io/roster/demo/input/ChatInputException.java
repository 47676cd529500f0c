package io.roster.demo.input;

/** The input cannot be used; the message says where, what was expected and what came. */
public final class ChatInputException extends Exception {

  private static final long serialVersionUID = 1L;

  ChatInputException(String message) {
    super(message);
  }
}

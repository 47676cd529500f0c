/** A chat room: what it holds, what it answers, and the worker that every room is. */
@NullMarked
package io.roster.demo.chat;

import org.jspecify.annotations.NullMarked;

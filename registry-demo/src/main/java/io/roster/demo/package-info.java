/**
 * Chat at cluster size: the {@code roster demo} command. It starts nodes, replays an input into
 * named rooms while nodes come and go, and compares what the rooms hold with the input.
 */
@NullMarked
package io.roster.demo;

import org.jspecify.annotations.NullMarked;

/**
 * The replay: every room at once, the posts of one room in order, each acknowledged before the
 * next; and the comparison of what was acknowledged with what the rooms hold.
 */
@NullMarked
package io.roster.demo.replay;

import org.jspecify.annotations.NullMarked;

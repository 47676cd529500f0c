/**
 * What a drill has on each node: it does there what the drill asks for over the node's standard
 * input and tells over its standard output what happens, so that no cut of the network comes
 * between them.
 */
@NullMarked
package io.roster.testkit.agent;

import org.jspecify.annotations.NullMarked;

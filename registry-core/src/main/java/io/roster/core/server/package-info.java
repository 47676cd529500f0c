/**
 * Servers: a state, a handler, typed messages that carry their own reply handle.
 *
 * <p>Begin with {@link io.roster.core.server.GenServer}; talk to one by its {@link
 * io.roster.core.server.ServerRef}.
 */
@NullMarked
package io.roster.core.server;

import org.jspecify.annotations.NullMarked;

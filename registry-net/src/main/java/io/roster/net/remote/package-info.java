/**
 * Signals between processes of different nodes: send, call, link, monitor, exit and answers.
 *
 * <p>{@link io.roster.net.remote.RemoteSignals} puts what a process system routes on the wire and
 * delivers what comes. It keeps no state of its own: links and monitors are the process system's,
 * and order is the lanes'.
 */
@NullMarked
package io.roster.net.remote;

import org.jspecify.annotations.NullMarked;

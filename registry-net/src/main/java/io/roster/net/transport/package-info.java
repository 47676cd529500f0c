/** The port to other nodes: ordered frames to a named peer, and news of links up and down. */
@NullMarked
package io.roster.net.transport;

import org.jspecify.annotations.NullMarked;

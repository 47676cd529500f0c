/** Who is in the cluster: SWIM with Lifeguard as a pure state machine, and the view it gives. */
@NullMarked
package io.roster.net.membership;

import org.jspecify.annotations.NullMarked;

/** Where seeds are found: DNS names and SRV records, and for development multicast. */
@NullMarked
package io.roster.net.membership.discovery;

import org.jspecify.annotations.NullMarked;

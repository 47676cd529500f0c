/** The arbiter of names as a port: who holds a name, changed by compare-and-set alone. */
@NullMarked
package io.roster.node.names.store;

import org.jspecify.annotations.NullMarked;

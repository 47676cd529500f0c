/** What a claim to a name is, and which of several claims stands. */
@NullMarked
package io.roster.node.names.claim;

import org.jspecify.annotations.NullMarked;

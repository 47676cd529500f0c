package io.roster.node.names;

import io.roster.core.identity.ProcessName;
import io.roster.node.names.claim.Claim;

/**
 * The record of one conflict: two processes held one name, and one of them gave way. Immutable.
 *
 * @param name the name
 * @param loser the claim that gave way
 * @param winner the claim that stands, under the epoch it was given for that
 * @param atMillis when this node heard of it, in milliseconds since 1970
 */
public record Conflict(ProcessName name, Claim loser, Claim winner, long atMillis) {}

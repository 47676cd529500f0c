package io.roster.core.process;

/**
 * Numbers of one {@link ProcessSystem} at one moment. Immutable.
 *
 * @param processes living processes
 * @param names names on this node
 * @param aliases active reply addresses, those of calls to other nodes among them
 * @param remoteTies links and monitors to and from other nodes
 * @param zombies dead processes whose code still runs
 * @param refusedMessages messages that full mailboxes have refused since the start
 */
public record SystemStats(
    int processes, int names, int aliases, int remoteTies, int zombies, long refusedMessages) {}

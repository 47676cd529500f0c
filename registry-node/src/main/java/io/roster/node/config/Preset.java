package io.roster.node.config;

/** Which network the timing of gossip is made for. */
public enum Preset {
  /** Nodes on one machine. */
  LOOPBACK,
  /** Nodes in one data centre. */
  LAN,
  /** Nodes far apart. */
  WAN
}

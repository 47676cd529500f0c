package io.roster.testkit.gossip;

/** What random schedules do to a cluster. */
enum Harm {
  /** A host ends. */
  CRASH(1),
  /** A process ends, its host stays. */
  KILL(1),
  /** A node says goodbye. */
  LEAVE(1),
  /** A node starts again, with all addresses as seeds. */
  RESTART(2),
  /** A node starts again with no seeds, only with what its disk remembers. */
  RESTART_FROM_DISK(2),
  /** A node starts again with an incarnation lower than its last one: its clock was set back. */
  SET_BACK(1),
  /** All start again at once, or many of them. */
  MASS_RESTART(1),
  /** A second process starts with the name of one: a later, an earlier, or the very same start. */
  TWIN(2),
  /** A process stands still. */
  PAUSE(1),
  /** Nothing passes to a process or from it. */
  BLOCK(1),
  /** A process hears nothing, and sends. */
  DEAFEN(1),
  /** A process hears, and nothing of what it sends gets out. */
  MUTE(1),
  /** Two or three parts that do not reach each other. */
  SPLIT(2),
  /** Splits and cuts end. */
  HEAL(3),
  /** One does not reach one other. */
  CUT_ONE_WAY(1),
  /** Two do not reach each other, all others do. */
  CUT_BETWEEN_TWO(1),
  /** One is reached by nobody but reaches all, or the other way about. */
  CUT_OFF_ONE_WAY(1),
  /** Datagrams are lost and doubled. */
  LOSS(1),
  /** Datagrams are lost many in a row. */
  BURSTS(1),
  /** The network is good again. */
  GOOD_LINKS(1),
  /** Datagrams of any time before, earlier starts' too, arrive again somewhere. */
  REPLAY(2),
  /** A node says something new of itself. */
  PUBLISH(1),
  /** A node is prompted to look at another one. */
  MISTRUST(1);

  /** How often it is done, in proportion. */
  final int weight;

  Harm(int weight) {
    this.weight = weight;
  }
}

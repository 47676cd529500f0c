package io.roster.bench;

import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A peer whose figures are given. */
record StubPeer(boolean isInstalled, Optional<Map<String, Double>> figures) implements Peer {

  static final StubPeer ABSENT = new StubPeer(false, Optional.empty());
  static final StubPeer FAILING = new StubPeer(true, Optional.empty());

  static StubPeer with(Map<String, Double> figures) {
    return new StubPeer(true, Optional.of(figures));
  }

  @Override
  public String title() {
    return "peer";
  }

  @Override
  public Map<String, Double> measure(Set<String> keys, Effort effort) throws IOException {
    return figures.orElseThrow(() -> new IOException("it fell over"));
  }
}

package io.roster.node.names.protocol;

import io.roster.core.identity.NodeId;
import io.roster.node.names.protocol.NamesMessage.Dispute;
import io.roster.node.names.protocol.NamesMessage.Registered;
import io.roster.node.names.protocol.NamesMessage.Verdict;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.function.Function;

/**
 * Collects what one step wants done and puts it in order: lookups change first, then peers hear of
 * the changes, then they get answers that speak of them, then losers are told. Confined to its
 * {@link NameTable}.
 */
final class Outbox {

  private final List<Effect> first = new ArrayList<>();
  private final List<Effect> last = new ArrayList<>();
  private final Map<NodeId, List<Registered>> questions = new LinkedHashMap<>();
  private final Map<NodeId, List<Dispute>> disputes = new LinkedHashMap<>();
  private final Map<NodeId, List<Verdict>> verdicts = new LinkedHashMap<>();
  private final Map<NodeId, List<NamesMessage>> messages = new LinkedHashMap<>();

  void effect(Effect effect) {
    first.add(effect);
  }

  /** Done when peers have been told. */
  void afterwards(Effect effect) {
    last.add(effect);
  }

  void ask(NodeId peer, Registered registration) {
    questions.computeIfAbsent(peer, _ -> new ArrayList<>()).add(registration);
  }

  void contest(NodeId peer, Dispute dispute) {
    disputes.computeIfAbsent(peer, _ -> new ArrayList<>()).add(dispute);
  }

  void decide(NodeId peer, Verdict verdict) {
    verdicts.computeIfAbsent(peer, _ -> new ArrayList<>()).add(verdict);
  }

  void send(NodeId peer, NamesMessage message) {
    messages.computeIfAbsent(peer, _ -> new ArrayList<>()).add(message);
  }

  /** Everything, in order; the box is empty afterwards. */
  List<Effect> flush(List<NamesMessage> changes, SortedSet<NodeId> peers) {
    var effects = new ArrayList<>(first);
    for (var peer : peers) {
      changes.forEach(delta -> effects.add(new Effect.Send(peer, delta)));
    }
    messages.forEach(
        (peer, list) -> list.forEach(message -> effects.add(new Effect.Send(peer, message))));
    portions(questions, NamesMessage.Verify::new, effects);
    portions(verdicts, NamesMessage.Verdicts::new, effects);
    portions(disputes, NamesMessage.Contest::new, effects);
    effects.addAll(last);
    first.clear();
    last.clear();
    messages.clear();
    return effects;
  }

  private static <T> void portions(
      Map<NodeId, List<T>> byPeer, Function<List<T>, NamesMessage> message, List<Effect> effects) {
    byPeer.forEach(
        (peer, all) -> {
          for (int i = 0; i < all.size(); i += OwnStream.PORTION) {
            var portion = all.subList(i, Math.min(all.size(), i + OwnStream.PORTION));
            effects.add(new Effect.Send(peer, message.apply(List.copyOf(portion))));
          }
        });
    byPeer.clear();
  }
}

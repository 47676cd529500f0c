package io.roster.node.fleet.wire;

import io.roster.core.identity.Pid;
import io.roster.core.identity.ProcessName;
import io.roster.net.wire.IdentityWire;
import io.roster.net.wire.WireException;
import io.roster.node.fleet.desired.DesiredTable;
import io.roster.node.fleet.desired.DesiredWorker;
import io.roster.node.fleet.desired.WishMessage;
import io.roster.proto.fleet.FleetAbsorb;
import io.roster.proto.fleet.FleetDigest;
import io.roster.proto.fleet.FleetFrame;
import io.roster.proto.fleet.FleetStartOutcome;
import io.roster.proto.fleet.FleetWant;
import io.roster.proto.fleet.FleetWish;
import io.roster.proto.fleet.FleetWishes;
import io.roster.proto.fleet.WishStatus;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** {@link WishMessage} to its frame and back. */
final class WishWire {

  private WishWire() {}

  static FleetFrame encode(WishMessage message) {
    var frame = FleetFrame.newBuilder();
    return switch (message) {
      case WishMessage.Digest(Set<String> types, List<Long> sums) ->
          frame
              .setDigest(
                  FleetDigest.newBuilder()
                      .addAllTypes(types.stream().sorted().toList())
                      .addAllSums(sums))
              .build();
      case WishMessage.Want(Set<Integer> buckets) ->
          frame
              .setWant(FleetWant.newBuilder().addAllBuckets(buckets.stream().sorted().toList()))
              .build();
      case WishMessage.Wishes(List<DesiredWorker> wishes) ->
          frame
              .setWishes(
                  FleetWishes.newBuilder()
                      .addAllWishes(wishes.stream().map(WishWire::encode).toList()))
              .build();
      case WishMessage.FirstStart(ProcessName name, WishMessage.Outcome outcome) ->
          frame.setStartOutcome(encode(name, outcome)).build();
      case WishMessage.Absorb absorb ->
          frame
              .setAbsorb(
                  FleetAbsorb.newBuilder()
                      .setName(absorb.name().value())
                      .setWinner(IdentityWire.toProto(absorb.winner()))
                      .setState(absorb.state()))
              .build();
    };
  }

  private static FleetStartOutcome encode(ProcessName name, WishMessage.Outcome outcome) {
    var start = FleetStartOutcome.newBuilder().setName(name.value());
    return switch (outcome) {
      case WishMessage.Outcome.Started(Pid pid) ->
          start.setStarted(IdentityWire.toProto(pid)).build();
      case WishMessage.Outcome.Ignored() -> start.setIgnored(true).build();
      case WishMessage.Outcome.Failed(String reason) -> start.setFailed(reason).build();
    };
  }

  private static FleetWish encode(DesiredWorker wish) {
    return FleetWish.newBuilder()
        .setName(wish.name().value())
        .setEpoch(wish.epoch())
        .setStatus(
            switch (wish.status()) {
              case WANTED -> WishStatus.WISH_STATUS_WANTED;
              case STARTED -> WishStatus.WISH_STATUS_STARTED;
              case STOPPED -> WishStatus.WISH_STATUS_STOPPED;
            })
        .setWriter(wish.writer().value())
        .setWorkerType(wish.workerType())
        .setArgs(wish.args())
        .build();
  }

  static WishMessage decode(FleetFrame frame) throws WireException {
    return switch (frame.getKindCase()) {
      case DIGEST -> digest(frame.getDigest());
      case WANT -> want(frame.getWant());
      case WISHES -> wishes(frame.getWishes());
      case START_OUTCOME -> firstStart(frame.getStartOutcome());
      case ABSORB -> absorb(frame.getAbsorb());
      default -> throw new WireException("expected a frame of wishes, got: " + frame.getKindCase());
    };
  }

  private static WishMessage digest(FleetDigest digest) throws WireException {
    if (digest.getSumsCount() != DesiredTable.BUCKETS) {
      throw new WireException(
          "expected a digest of " + DesiredTable.BUCKETS + " sums, got: " + digest.getSumsCount());
    }
    return new WishMessage.Digest(new HashSet<>(digest.getTypesList()), digest.getSumsList());
  }

  private static WishMessage want(FleetWant want) throws WireException {
    for (int bucket : want.getBucketsList()) {
      if (bucket < 0 || bucket >= DesiredTable.BUCKETS) {
        throw new WireException(
            "expected buckets below " + DesiredTable.BUCKETS + ", got: " + bucket);
      }
    }
    return new WishMessage.Want(new HashSet<>(want.getBucketsList()));
  }

  private static WishMessage wishes(FleetWishes wishes) throws WireException {
    var decoded = new ArrayList<DesiredWorker>(wishes.getWishesCount());
    for (FleetWish wish : wishes.getWishesList()) {
      decoded.add(wish(wish));
    }
    return new WishMessage.Wishes(decoded);
  }

  private static DesiredWorker wish(FleetWish wish) throws WireException {
    if (wish.getEpoch() <= 0) {
      throw new WireException("expected an epoch greater than zero, got: " + wish.getEpoch());
    }
    return new DesiredWorker(
        IdentityWire.processName(wish.getName()),
        wish.getEpoch(),
        switch (wish.getStatus()) {
          case WISH_STATUS_WANTED -> DesiredWorker.Status.WANTED;
          case WISH_STATUS_STARTED -> DesiredWorker.Status.STARTED;
          case WISH_STATUS_STOPPED -> DesiredWorker.Status.STOPPED;
          case WISH_STATUS_UNSPECIFIED, UNRECOGNIZED ->
              throw new WireException(
                  "expected a known status of a wish, got: " + wish.getStatusValue());
        },
        IdentityWire.nodeName(wish.getWriter()),
        wish.getWorkerType(),
        wish.getArgs());
  }

  private static WishMessage firstStart(FleetStartOutcome start) throws WireException {
    return new WishMessage.FirstStart(
        IdentityWire.processName(start.getName()),
        switch (start.getKindCase()) {
          case STARTED ->
              new WishMessage.Outcome.Started(IdentityWire.fromProto(start.getStarted()));
          case IGNORED -> new WishMessage.Outcome.Ignored();
          case FAILED -> new WishMessage.Outcome.Failed(start.getFailed());
          case KIND_NOT_SET ->
              throw new WireException("expected an outcome of a known kind, got: another");
        });
  }

  private static WishMessage absorb(FleetAbsorb absorb) throws WireException {
    return new WishMessage.Absorb(
        IdentityWire.processName(absorb.getName()),
        IdentityWire.fromProto(absorb.getWinner()),
        absorb.getState());
  }
}

package io.roster.net.codec;

import com.google.protobuf.WireFormat;
import io.roster.core.identity.Alias;
import io.roster.core.identity.Named;
import io.roster.core.identity.NodeId;
import io.roster.core.identity.NodeName;
import io.roster.core.identity.Pid;
import io.roster.core.identity.ProcessName;
import io.roster.core.identity.Ref;
import io.roster.core.server.ReplyTo;
import io.roster.net.codec.CodecException.Kind;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Identities as in {@code identity.proto}, and times as protobuf's own {@code Timestamp} and {@code
 * Duration}: two fields each.
 */
enum IdentityCodecs implements MessageBody {
  NODE_ID {
    @Override
    public void writeBody(WireWriter out, Object value) throws CodecException {
      writeNode(out, (NodeId) value);
    }

    @Override
    public Object readBody(WireReader in) throws CodecException, IOException {
      String name = "";
      long incarnation = 0;
      for (int tag = in.in().readTag(); tag != 0; tag = in.in().readTag()) {
        switch (tag) {
          case NODE_NAME -> name = in.in().readStringRequireUtf8();
          case NODE_INCARNATION -> incarnation = in.in().readFixed64();
          default -> in.in().skipField(tag);
        }
      }
      return new NodeId(new NodeName(name), incarnation);
    }
  },
  PID {
    @Override
    public void writeBody(WireWriter out, Object value) throws CodecException {
      var pid = (Pid) value;
      writeNumbered(out, pid.node(), pid.serial());
    }

    @Override
    public Object readBody(WireReader in) throws CodecException, IOException {
      var numbered = readNumbered(in);
      return new Pid(numbered.node, numbered.number);
    }
  },
  REF {
    @Override
    public void writeBody(WireWriter out, Object value) throws CodecException {
      var ref = (Ref) value;
      writeNumbered(out, ref.node(), ref.id());
    }

    @Override
    public Object readBody(WireReader in) throws CodecException, IOException {
      var numbered = readNumbered(in);
      return new Ref(numbered.node, numbered.number);
    }
  },
  ALIAS {
    @Override
    public void writeBody(WireWriter out, Object value) throws CodecException {
      var alias = (Alias) value;
      writeNumbered(out, alias.node(), alias.id());
    }

    @Override
    public Object readBody(WireReader in) throws CodecException, IOException {
      var numbered = readNumbered(in);
      return new Alias(numbered.node, numbered.number);
    }
  },
  NAMED {
    @Override
    public void writeBody(WireWriter out, Object value) throws CodecException {
      var named = (Named) value;
      out.varint(FIRST_BYTES);
      out.string(named.name().value());
      out.varint(SECOND_BYTES);
      out.string(named.node().value());
    }

    @Override
    public Object readBody(WireReader in) throws CodecException, IOException {
      String name = "";
      String node = "";
      for (int tag = in.in().readTag(); tag != 0; tag = in.in().readTag()) {
        switch (tag) {
          case FIRST_BYTES -> name = in.in().readStringRequireUtf8();
          case SECOND_BYTES -> node = in.in().readStringRequireUtf8();
          default -> in.in().skipField(tag);
        }
      }
      return new Named(new ProcessName(name), new NodeName(node));
    }
  },
  REPLY {
    @Override
    public void writeBody(WireWriter out, Object value) throws CodecException {
      var alias = ((ReplyTo<?>) value).alias();
      out.noteReply(alias);
      ALIAS.writeBody(out, alias);
    }

    @Override
    public Object readBody(WireReader in) throws CodecException, IOException {
      return in.replies().replyTo((Alias) ALIAS.readBody(in));
    }
  },
  INSTANT {
    @Override
    public void writeBody(WireWriter out, Object value) throws CodecException {
      var instant = (Instant) value;
      writeTime(out, instant.getEpochSecond(), instant.getNano());
    }

    @Override
    public Object readBody(WireReader in) throws CodecException, IOException {
      long[] time = readTime(in);
      return Instant.ofEpochSecond(time[0], time[1]);
    }
  },
  DURATION {
    @Override
    public void writeBody(WireWriter out, Object value) throws CodecException {
      var duration = (Duration) value;
      writeTime(out, duration.getSeconds(), duration.getNano());
    }

    @Override
    public Object readBody(WireReader in) throws CodecException, IOException {
      long[] time = readTime(in);
      return Duration.ofSeconds(time[0], time[1]);
    }
  };

  /** The codec of each type that has one here. */
  static final Map<Class<?>, IdentityCodecs> BY_TYPE =
      Map.of(
          NodeId.class,
          NODE_ID,
          Pid.class,
          PID,
          Ref.class,
          REF,
          Alias.class,
          ALIAS,
          Named.class,
          NAMED,
          ReplyTo.class,
          REPLY,
          Instant.class,
          INSTANT,
          Duration.class,
          DURATION);

  private static final int NODE_NAME = (1 << 3) | WireFormat.WIRETYPE_LENGTH_DELIMITED;
  private static final int NODE_INCARNATION = (2 << 3) | WireFormat.WIRETYPE_FIXED64;
  private static final int FIRST_BYTES = (1 << 3) | WireFormat.WIRETYPE_LENGTH_DELIMITED;
  private static final int SECOND_BYTES = (2 << 3) | WireFormat.WIRETYPE_LENGTH_DELIMITED;
  private static final int FIRST_NUMBER = (1 << 3) | WireFormat.WIRETYPE_VARINT;
  private static final int SECOND_NUMBER = (2 << 3) | WireFormat.WIRETYPE_VARINT;

  private record Numbered(NodeId node, long number) {}

  private static void writeNode(WireWriter out, NodeId node) throws CodecException {
    out.varint(NODE_NAME);
    out.string(node.name().value());
    out.varint(NODE_INCARNATION);
    out.fixed64(node.incarnation());
  }

  private static void writeNumbered(WireWriter out, NodeId node, long number)
      throws CodecException {
    out.varint(FIRST_BYTES);
    NODE_ID.write(out, node);
    out.varint(SECOND_NUMBER);
    out.varint(number);
  }

  private static Numbered readNumbered(WireReader in) throws CodecException, IOException {
    @Nullable Object node = null;
    long number = 0;
    for (int tag = in.in().readTag(); tag != 0; tag = in.in().readTag()) {
      switch (tag) {
        case FIRST_BYTES -> node = NODE_ID.read(in);
        case SECOND_NUMBER -> number = in.in().readUInt64();
        default -> in.in().skipField(tag);
      }
    }
    if (node instanceof NodeId id) {
      return new Numbered(id, number);
    }
    throw new CodecException(Kind.MALFORMED, "expected a node, got none");
  }

  private static void writeTime(WireWriter out, long seconds, int nanos) throws CodecException {
    out.varint(FIRST_NUMBER);
    out.varint(seconds);
    out.varint(SECOND_NUMBER);
    out.varint(nanos);
  }

  private static long[] readTime(WireReader in) throws IOException {
    var time = new long[2];
    for (int tag = in.in().readTag(); tag != 0; tag = in.in().readTag()) {
      switch (tag) {
        case FIRST_NUMBER -> time[0] = in.in().readInt64();
        case SECOND_NUMBER -> time[1] = in.in().readInt64();
        default -> in.in().skipField(tag);
      }
    }
    return time;
  }
}

package io.roster.core.server;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.util.HashMap;
import java.util.Map;

/**
 * Which messages a server class takes, from its declaration: what is of another type is no message
 * of its own, and must not reach its handler.
 */
final class MessageTypes {

  private static final ClassValue<Class<?>> BY_SERVER =
      new ClassValue<>() {
        @Override
        protected Class<?> computeValue(Class<?> server) {
          return find(server, new HashMap<>());
        }
      };

  private MessageTypes() {}

  /** The message type of {@code server}; {@code Object} where the declaration leaves it open. */
  static Class<?> of(Class<?> server) {
    return BY_SERVER.get(server);
  }

  private static Class<?> find(Type type, Map<TypeVariable<?>, Type> bound) {
    Class<?> raw = rawOf(type, bound);
    if (type instanceof ParameterizedType generic) {
      TypeVariable<?>[] variables = raw.getTypeParameters();
      for (int i = 0; i < variables.length; i++) {
        bound.put(variables[i], generic.getActualTypeArguments()[i]);
      }
    }
    if (raw == GenServer.class) {
      return rawOf(bound.getOrDefault(GenServer.class.getTypeParameters()[1], Object.class), bound);
    }
    for (Type parent : raw.getGenericInterfaces()) {
      if (GenServer.class.isAssignableFrom(rawOf(parent, bound))) {
        return find(parent, bound);
      }
    }
    Type parent = raw.getGenericSuperclass();
    return parent == null ? Object.class : find(parent, bound);
  }

  private static Class<?> rawOf(Type type, Map<TypeVariable<?>, Type> bound) {
    return switch (type) {
      case Class<?> raw -> raw;
      case ParameterizedType generic -> rawOf(generic.getRawType(), bound);
      case TypeVariable<?> variable when bound.containsKey(variable) ->
          rawOf(bound.getOrDefault(variable, Object.class), bound);
      default -> Object.class;
    };
  }
}

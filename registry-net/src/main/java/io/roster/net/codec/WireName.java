package io.roster.net.codec;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * How a variant of a sealed interface is called on the wire. Without it, by the record's simple
 * name, which then cannot be changed while nodes of both versions run.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface WireName {

  /** Unique among the variants of one sealed interface. */
  String value();
}

package io.roster.net.codec;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The number of a record's component on the wire. Without it components are numbered from one in
 * the order of their declaration, so that new ones can be appended and none moved. A record has it
 * on all of its components or on none.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Field {

  /** From 1 to 536,870,911; never used again for another component. */
  int value();
}

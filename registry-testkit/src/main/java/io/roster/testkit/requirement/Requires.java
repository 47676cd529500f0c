package io.roster.testkit.requirement;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Marks a test that needs something that not every machine has.
 *
 * <p>Where all of it is there, the test runs like any other. Where something is missing, the test
 * is left out: a block on standard error says what and how to run it, and the build repeats it at
 * its end. Where the environment variable {@code ROSTER_REQUIRE} (a list such as {@code
 * netns,docker}) names what is missing, the test fails instead, so that a machine that is meant to
 * run everything cannot leave anything out unnoticed.
 */
@Documented
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(RequiresCondition.class)
public @interface Requires {

  /** What the test needs. */
  Requirement[] value();
}

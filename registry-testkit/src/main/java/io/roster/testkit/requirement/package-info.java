/**
 * Tests that need more than a JVM: run where they can, left out loudly where they cannot, failed
 * where that is forbidden.
 *
 * <p>Begin with {@link io.roster.testkit.requirement.Requires}.
 */
@NullMarked
package io.roster.testkit.requirement;

import org.jspecify.annotations.NullMarked;

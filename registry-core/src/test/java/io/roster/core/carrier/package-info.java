/** Tests of {@code core.carrier}. */
@org.jspecify.annotations.NullMarked
package io.roster.core.carrier;

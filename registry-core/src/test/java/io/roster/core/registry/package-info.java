/** Tests of {@code core.registry}. */
@org.jspecify.annotations.NullMarked
package io.roster.core.registry;

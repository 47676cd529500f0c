/** Tests of {@code core.process}. */
@org.jspecify.annotations.NullMarked
package io.roster.core.process;

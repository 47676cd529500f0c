/** Tests of {@code core.supervisor}. */
@org.jspecify.annotations.NullMarked
package io.roster.core.supervisor;

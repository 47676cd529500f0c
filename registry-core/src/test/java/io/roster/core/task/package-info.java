/** Tests of {@code core.task}. */
@org.jspecify.annotations.NullMarked
package io.roster.core.task;

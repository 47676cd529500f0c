/** What the tests of core share. */
@org.jspecify.annotations.NullMarked
package io.roster.core.support;

/** Tests of servers. */
@org.jspecify.annotations.NullMarked
package io.roster.core.server;

/** The platform threads that processes' virtual threads take turns on. */
@NullMarked
package io.roster.core.carrier;

import org.jspecify.annotations.NullMarked;

/** Single operations under JMH: what one of them costs, without the works around it. */
@NullMarked
package io.roster.bench.jmh;

import org.jspecify.annotations.NullMarked;

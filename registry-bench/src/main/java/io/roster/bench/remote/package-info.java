/** What crossing to another node costs, and what a global name does. */
@NullMarked
package io.roster.bench.remote;

import org.jspecify.annotations.NullMarked;

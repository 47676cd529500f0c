/** Values that name things: nodes, processes, monitors, reply addresses. */
@NullMarked
package io.roster.core.identity;

import org.jspecify.annotations.NullMarked;

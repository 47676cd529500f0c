/** How rows are judged and peers are read. */
@NullMarked
package io.roster.bench;

import org.jspecify.annotations.NullMarked;

/** What the demo replays: lines of {@code room<TAB>user<TAB>text}, read and checked. */
@NullMarked
package io.roster.demo.input;

import org.jspecify.annotations.NullMarked;

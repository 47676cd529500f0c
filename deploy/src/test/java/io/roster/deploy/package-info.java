/** The image, run by a Docker engine. */
@NullMarked
package io.roster.deploy;

import org.jspecify.annotations.NullMarked;

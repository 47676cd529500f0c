/** User code that enters the nodes of the container test as a jar: a named process that echoes. */
@NullMarked
package io.roster.deploy.echo;

import org.jspecify.annotations.NullMarked;

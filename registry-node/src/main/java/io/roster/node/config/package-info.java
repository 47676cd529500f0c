/**
 * Files, environment and flags become checked options.
 *
 * <p>Begin with {@link io.roster.node.config.NodeOptions}. {@code reference.conf} documents every
 * key.
 */
@NullMarked
package io.roster.node.config;

import org.jspecify.annotations.NullMarked;

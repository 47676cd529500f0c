/**
 * Names and topics of one node: registries with unique and with duplicate keys.
 *
 * <p>Begin with {@link io.roster.core.registry.UniqueRegistry}.
 */
@NullMarked
package io.roster.core.registry;

import org.jspecify.annotations.NullMarked;

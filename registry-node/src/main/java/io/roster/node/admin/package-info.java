/**
 * Questions of operators over HTTP: health, members, names, workers, moves, conflicts, and a page.
 *
 * <p>Begin with {@link io.roster.node.admin.AdminServer}. It knows the node through the port {@link
 * io.roster.node.admin.NodeView} alone. Modules add paths of their own by {@link
 * io.roster.node.admin.AdminRoutes}.
 */
@NullMarked
package io.roster.node.admin;

import org.jspecify.annotations.NullMarked;

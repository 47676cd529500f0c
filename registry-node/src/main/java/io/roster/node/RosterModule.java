package io.roster.node;

/**
 * User code that enters a node: it registers what the node can run and understand, and may start
 * processes of its own.
 *
 * <p>A module is found by {@link java.util.ServiceLoader} on the class path and in the jars of
 * {@code roster node --module}, or given to {@link RosterNode.Builder#module}. Code never crosses
 * the wire: every node that is to run a worker type must have the module.
 *
 * {@snippet :
 * public final class ShopModule implements RosterModule {
 *   public String name() {
 *     return "shop";
 *   }
 *
 *   public void install(ModuleContext context) {
 *     context.routes().get("/shop/orders", request -> orders());
 *   }
 * }
 * }
 */
public interface RosterModule {

  /** What the module is called, in logs. */
  String name();

  /**
   * Registers everything. Called once for each node before any of its parts runs; a failure ends
   * the start of the node.
   */
  void install(ModuleContext context);
}

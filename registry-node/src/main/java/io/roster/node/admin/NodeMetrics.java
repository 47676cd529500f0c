package io.roster.node.admin;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.function.ToDoubleFunction;

/**
 * The numbers of one node for Prometheus, at {@code /metrics}. Most are read from the {@link
 * NodeView} when somebody asks. Other parts add theirs to {@link #registry}. Thread-safe.
 */
public final class NodeMetrics implements AutoCloseable {

  private static final String CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8";

  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final JvmGcMetrics garbage = new JvmGcMetrics();

  /** Numbers of the node called {@code nodeName}. */
  public NodeMetrics(String nodeName) {
    registry.config().commonTags("node", nodeName);
    new JvmMemoryMetrics().bindTo(registry);
    new JvmThreadMetrics().bindTo(registry);
    new ProcessorMetrics().bindTo(registry);
    garbage.bindTo(registry);
  }

  /** Where other parts add theirs. */
  public MeterRegistry registry() {
    return registry;
  }

  /** Adds what {@code view} knows, and the path. */
  public void install(AdminRoutes routes, NodeView view) {
    gauge(
        view,
        "roster.ready",
        "1 if every check of readiness holds",
        v -> v.readiness().ready() ? 1 : 0);
    gauge(
        view,
        "roster.members.up",
        "Members that gossip sees alive or suspect",
        v -> v.members().members().stream().filter(NodeView.MemberRow::isUp).count());
    gauge(
        view,
        "roster.members.linked",
        "Members that this node has a link to, itself among them",
        v -> v.members().members().stream().filter(NodeView.MemberRow::linked).count());
    gauge(
        view,
        "roster.views.disagree.ms",
        "For how long gossip and Hazelcast have named different members",
        v -> v.members().viewsDisagreeMs());
    gauge(
        view,
        "roster.arbiter.rebuilds",
        "Times that this node has started its Hazelcast member again to end a disagreement",
        v -> v.members().arbiterRebuilds());
    gauge(
        view,
        "roster.gossip.local.health",
        "How much this node's gossip doubts itself; 0 is healthy",
        v -> v.members().localHealth());
    gauge(view, "roster.names", "Global names in this node's replica", v -> v.names().size());
    gauge(view, "roster.workers", "Workers that should run", v -> v.workers().size());
    gauge(
        view,
        "roster.workers.missing",
        "Workers that should run and run nowhere",
        v -> v.workers().stream().filter(worker -> worker.node().isEmpty()).count());
    gauge(
        view, "roster.conflicts.kept", "Conflicts in the audit record", v -> v.conflicts().size());
    routes.get("/metrics", _ -> new AdminRoutes.Text(CONTENT_TYPE, registry.scrape()));
  }

  @Override
  public void close() {
    garbage.close();
    registry.close();
  }

  private void gauge(
      NodeView view, String name, String description, ToDoubleFunction<NodeView> value) {
    Gauge.builder(name, view, value).description(description).register(registry);
  }
}

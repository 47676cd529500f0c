package io.roster.node.names.hazelcast;

import com.hazelcast.config.AdvancedNetworkConfig;
import com.hazelcast.config.ClassFilter;
import com.hazelcast.config.Config;
import com.hazelcast.config.JavaSerializationFilterConfig;
import com.hazelcast.config.MapConfig;
import com.hazelcast.config.MergePolicyConfig;
import com.hazelcast.config.ServerSocketEndpointConfig;
import com.hazelcast.spi.discovery.integration.DiscoveryService;
import io.roster.core.identity.NodeId;
import java.net.InetSocketAddress;
import java.util.Map;

/** The configuration of the embedded member. */
final class HazelcastConfigs {

  /** Where a member says which start of which node it belongs to. */
  static final String NODE_ATTRIBUTE = "roster.node";

  /*
   * Fast where the defaults wait for humans: a cut is noticed after five seconds without gossip's
   * word. A merge is looked for when gossip sees whom Hazelcast misses, never by Hazelcast's own timer: two
   * searches at once would merge twice; its pace remains, as the time that a side has to freeze itself. Nothing is sent home, no hook stops the member behind
   * our back, and an operation whose backups did not answer is reported as of unknown outcome.
   */
  private static final Map<String, String> PROPERTIES =
      Map.ofEntries(
          Map.entry("hazelcast.discovery.enabled", "true"),
          Map.entry("hazelcast.phone.home.enabled", "false"),
          Map.entry("hazelcast.logging.type", "slf4j"),
          Map.entry("hazelcast.shutdownhook.enabled", "false"),
          Map.entry("hazelcast.socket.bind.any", "false"),
          Map.entry("hazelcast.wait.seconds.before.join", "0"),
          Map.entry("hazelcast.max.wait.seconds.before.join", "0"),
          Map.entry("hazelcast.connect.all.wait.seconds", "0"),
          Map.entry("hazelcast.max.join.seconds", "60"),
          Map.entry("hazelcast.max.join.merge.target.seconds", "5"),
          Map.entry("hazelcast.heartbeat.interval.seconds", "1"),
          Map.entry("hazelcast.max.no.heartbeat.seconds", "5"),
          Map.entry("hazelcast.member.list.publish.interval.seconds", "10"),
          Map.entry("hazelcast.mastership.claim.timeout.seconds", "10"),
          Map.entry("hazelcast.partial.member.disconnection.resolution.heartbeat.count", "5"),
          Map.entry("hazelcast.merge.first.run.delay.seconds", String.valueOf(Integer.MAX_VALUE)),
          Map.entry("hazelcast.merge.next.run.delay.seconds", "1"),
          Map.entry("hazelcast.socket.connect.timeout.seconds", "1"),
          Map.entry("hazelcast.operation.call.timeout.millis", "5000"),
          Map.entry("hazelcast.operation.backup.timeout.millis", "1500"),
          Map.entry("hazelcast.operation.fail.on.indeterminate.state", "true"),
          Map.entry("hazelcast.invocation.retry.pause.millis", "100"),
          Map.entry("hazelcast.slow.operation.detector.enabled", "false"),
          Map.entry("hazelcast.health.monitoring.level", "OFF"),
          Map.entry("hazelcast.operation.thread.count", "2"),
          Map.entry("hazelcast.operation.generic.thread.count", "2"),
          Map.entry("hazelcast.operation.response.thread.count", "1"),
          Map.entry("hazelcast.io.input.thread.count", "1"),
          Map.entry("hazelcast.io.output.thread.count", "1"),
          Map.entry("hazelcast.event.thread.count", "1"));

  private HazelcastConfigs() {}

  static String mapName(HazelcastOptions options) {
    return "roster.names." + options.scope();
  }

  static Config config(
      HazelcastOptions options,
      NodeId self,
      InetSocketAddress address,
      DiscoveryService discovery) {
    var config = new Config().setClusterName(options.clusterName());
    // Unique in a JVM, where many nodes may live.
    config.setInstanceName(
        "roster-" + options.clusterName() + "-" + self + "-" + System.nanoTime());
    config.setClassLoader(HazelcastConfigs.class.getClassLoader());
    PROPERTIES.forEach(config::setProperty);
    config.setProperty("hazelcast.partition.count", String.valueOf(options.partitions()));
    config.getMetricsConfig().setEnabled(false);
    config.getJetConfig().setEnabled(false);
    config.getMemberAttributeConfig().setAttribute(NODE_ATTRIBUTE, self.toString());
    network(config.getAdvancedNetworkConfig(), address, discovery);
    config
        .getSerializationConfig()
        .addDataSerializableFactory(NameSerializables.FACTORY_ID, new NameSerializables())
        .setJavaSerializationFilterConfig(filter());
    config.addMapConfig(
        new MapConfig(mapName(options))
            .setBackupCount(options.backups())
            .setMergePolicyConfig(new MergePolicyConfig(NameMergePolicy.class.getName(), 500)));
    return config;
  }

  /* One endpoint, for members alone, on the cluster's interface: clients, REST and memcache find
   * nobody who speaks to them. */
  private static void network(
      AdvancedNetworkConfig network, InetSocketAddress address, DiscoveryService discovery) {
    network.setEnabled(true);
    var host = address.getAddress().getHostAddress();
    var endpoint =
        new ServerSocketEndpointConfig().setPort(address.getPort()).setPortAutoIncrement(false);
    endpoint.getInterfaces().setEnabled(true).addInterface(host);
    endpoint.setPublicAddress(host + ":" + address.getPort());
    network.setMemberEndpointConfig(endpoint);
    var join = network.getJoin();
    join.getAutoDetectionConfig().setEnabled(false);
    join.getMulticastConfig().setEnabled(false);
    join.getTcpIpConfig().setConnectionTimeoutSeconds(1);
    join.getDiscoveryConfig().setDiscoveryServiceProvider(_ -> discovery);
  }

  /*
   * Members use Java serialisation among themselves for failures and for the cluster's state, without
   * which no merge can freeze the side that gives way. Of Hazelcast's own classes those that run what
   * they are sent are out; of the JDK's only what exceptions are made of is in.
   */
  static JavaSerializationFilterConfig filter() {
    var allowed =
        new ClassFilter()
            .addPrefixes("com.hazelcast.", "[")
            .addPackages("java.lang", "java.util", "java.util.concurrent", "java.io")
            .addClasses("java.net.SocketException", "java.net.ConnectException");
    var forbidden =
        new ClassFilter()
            .addPrefixes(
                "com.hazelcast.client.",
                "com.hazelcast.executor.",
                "com.hazelcast.jet.",
                "com.hazelcast.scheduledexecutor.",
                "com.hazelcast.shaded.",
                "com.hazelcast.sql.");
    return new JavaSerializationFilterConfig()
        .setDefaultsDisabled(true)
        .setWhitelist(allowed)
        .setBlacklist(forbidden);
  }
}

/** The settings of a broker of one machine (KRaft, one node), from its jars or in a container. */
export function kafkaSettings(broker: {
  port: number;
  controllerPort: number;
  advertisedPort?: number;
  data: string;
  listenAt?: string;
}): Record<string, string> {
  const { port, controllerPort, advertisedPort = port, data, listenAt = '127.0.0.1' } = broker;
  return {
    'process.roles': 'broker,controller',
    'node.id': '1',
    'controller.quorum.voters': `1@127.0.0.1:${controllerPort}`,
    listeners: `PLAINTEXT://${listenAt}:${port},CONTROLLER://127.0.0.1:${controllerPort}`,
    'advertised.listeners': `PLAINTEXT://127.0.0.1:${advertisedPort}`,
    'listener.security.protocol.map': 'PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT',
    'controller.listener.names': 'CONTROLLER',
    'log.dirs': data,
    'log.retention.ms': '-1', // the log is the record: nothing in it expires
    'auto.create.topics.enable': 'false', // `ops log init` makes them, with 16 partitions
    'group.initial.rebalance.delay.ms': '0',
    'offsets.topic.num.partitions': '3',
    'offsets.topic.replication.factor': '1',
    'transaction.state.log.replication.factor': '1',
    'transaction.state.log.min.isr': '1',
    'share.coordinator.state.topic.replication.factor': '1',
    'share.coordinator.state.topic.min.isr': '1',
    // one node: it may call itself lost and found quickly, so that clients are back soon after a restart
    'broker.session.timeout.ms': '2000',
    'broker.heartbeat.interval.ms': '500',
  };
}

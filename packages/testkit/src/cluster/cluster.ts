import { startProcessBroker } from '../broker/process.ts';
import { type Broker, type ConfigPlace, LOOPBACK } from '../broker/types.ts';
import { eventually } from '../eventually.ts';
import { freePorts } from '../ports.ts';

/** Where one node of a cluster lives; `routes` name every node. */
export type NodePlace = ConfigPlace & {
  name: string;
  clusterPort: number;
  monitorPort: number;
  routes: string[];
};

export type ClusterConfigText = (node: NodePlace) => string;

export type ClusterNode = Broker & { readonly name: string; readonly monitorUrl: string };

/** A cluster of nats-servers on loopback, one process a node. */
export type Cluster = AsyncDisposable & {
  readonly nodes: readonly ClusterNode[];
  /** All client addresses, separated by commas. */
  readonly url: string;
  /** The node with this server name. */
  node(name: string): ClusterNode;
  /** Waits until the running nodes agree on a leader of JetStream's meta group, and gives its name. */
  waitForLeader(): Promise<string>;
};

/** Longest time to elect a leader, in milliseconds; an election after a crash takes some seconds. */
const ELECTION_DEADLINE_MS = 30_000;

const plainClusterConfig: ClusterConfigText = (node) => `
listen: "${node.host}:${node.port}"
http: "${node.host}:${node.monitorPort}"
server_name: "${node.name}"
jetstream { store_dir: "${node.storeDir}", sync_interval: always }
cluster { name: "test", listen: "${node.host}:${node.clusterPort}", routes: [${node.routes.join(', ')}] }
`;

const placesOf = async (count: number): Promise<Omit<NodePlace, 'storeDir'>[]> => {
  const ports = await freePorts(count * 3);
  const take = (index: number): number => ports[index] ?? 0;
  const routes = Array.from({ length: count }, (_, n) => `nats-route://${LOOPBACK}:${take(n * 3 + 1)}`);
  return routes.map((_, n) => ({
    name: `n${n + 1}`,
    host: LOOPBACK,
    port: take(n * 3),
    clusterPort: take(n * 3 + 1),
    monitorPort: take(n * 3 + 2),
    routes,
  }));
};

const startNode = async (
  place: Omit<NodePlace, 'storeDir'>,
  config: ClusterConfigText,
): Promise<ClusterNode> => {
  const broker = await startProcessBroker({
    port: place.port,
    config: ({ storeDir }) => config({ ...place, storeDir }),
  });
  return { ...broker, name: place.name, monitorUrl: `http://${LOOPBACK}:${place.monitorPort}` };
};

/** The meta leader as this node sees it: undefined when it does not answer or has none. */
const leaderSeenBy = async (node: ClusterNode): Promise<string | undefined> => {
  try {
    const reply = await fetch(`${node.monitorUrl}/jsz`, { signal: AbortSignal.timeout(1_000) });
    const seen = (await reply.json()) as { meta_cluster?: { leader?: string } };
    return seen.meta_cluster?.leader || undefined;
  } catch {
    return undefined;
  }
};

const agreedLeader = async (nodes: readonly ClusterNode[]): Promise<string | undefined> => {
  const seen = (await Promise.all(nodes.map(leaderSeenBy))).filter((name) => name !== undefined);
  const [first] = seen;
  const majority = seen.length > nodes.length / 2;
  return majority && first !== undefined && seen.every((name) => name === first) ? first : undefined;
};

/** Starts a cluster and waits for its meta leader; `await using` ends it and removes its stores. */
export const startCluster = async (
  count = 3,
  options: { config?: ClusterConfigText } = {},
): Promise<Cluster> => {
  const places = await placesOf(count);
  const started = await Promise.allSettled(
    places.map((place) => startNode(place, options.config ?? plainClusterConfig)),
  );
  const nodes = started.filter((result) => result.status === 'fulfilled').map((result) => result.value);
  const dispose = async () => {
    await Promise.all(nodes.map((node) => node[Symbol.asyncDispose]()));
  };
  const failed = started.find((result) => result.status === 'rejected');
  if (failed) {
    await dispose();
    throw new Error('the cluster did not come up', { cause: failed.reason });
  }
  const cluster: Cluster = {
    nodes,
    url: nodes.map((node) => node.url).join(','),
    node: (name) => {
      const found = nodes.find((node) => node.name === name);
      if (!found) throw new RangeError(`the cluster has no node "${name}"`);
      return found;
    },
    waitForLeader: () =>
      eventually(() => agreedLeader(nodes), {
        deadlineMs: ELECTION_DEADLINE_MS,
        what: 'the cluster elects a meta leader',
      }),
    [Symbol.asyncDispose]: dispose,
  };
  try {
    await cluster.waitForLeader();
  } catch (error) {
    await dispose();
    throw error;
  }
  return cluster;
};

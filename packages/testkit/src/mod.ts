// What tests of every package use: real brokers, faults, waiting, seeded chance, specs of deciders.
export { engineFault, forEachWay, startBroker } from './broker/start.ts';
export type { Broker, BrokerOptions, BrokerWay, ConfigPlace, ConfigText } from './broker/types.ts';
export {
  type Cluster,
  type ClusterConfigText,
  type ClusterNode,
  type NodePlace,
  startCluster,
} from './cluster/cluster.ts';
export { type Decider, type Given, specOf, type When } from './decider.ts';
export { type EventuallyOptions, eventually } from './eventually.ts';
export { freePort, freePorts } from './ports.ts';
export { type Proxy, startProxy } from './proxy/proxy.ts';
export { type Random, seeded } from './random.ts';

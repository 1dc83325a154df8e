import { Server, ServerCredentials } from '@grpc/grpc-js';
import { GossipService } from '@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v1/gossip_grpc_pb';
import { ServerFeaturesService } from '@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v1/serverfeatures_grpc_pb';
import { StreamsService } from '@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v1/streams_grpc_pb';
import { StreamsServiceService } from '@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v2/streams/streams_grpc_pb';
import { noFaults, type Behaviour, type Faults } from './faults';
import { refusals } from './refusals';
import { serveAppend, serveBatchAppend, serveDelete, serveTombstone } from './serve-appends';
import { serveFeatures, serveGossip, type Release } from './serve-cluster';
import { serveRead } from './serve-reads';
import { serveAppendRecords, serveAppendSession } from './serve-sessions';
import { StrictStore } from './strict-store';
import { TransactionFile } from './transaction-file';

/*
 * A server that speaks KurrentDB's protocol, for tests: a process of its own, so that it can be killed. It is started
 * with where its file is, its release and its port, and told of faults over the channel to its parent.
 */

/** What the parent says. */
type Order =
  { readonly faults: Partial<Faults> } | { readonly calls: true } | { readonly systemEvents: number };

const [file = '', release = '26.1', port = '0'] = process.argv.slice(2);
// The parent is our own test code.
const is = release as Release;
const store = new StrictStore(new TransactionFile(file));
const behaviour: Behaviour = {
  faults: noFaults,
  calls: { read: 0, append: 0, batchAppend: 0, appendSession: 0, appendRecords: 0 },
  subscriptions: new Set(),
};

/** A call that this release does not have. */
const unimplemented = (_call: unknown, answer: (error: Error) => void): void =>
  answer(refusals.unimplemented());

let bound = 0;
const server = new Server();
server.addService(StreamsService, {
  read: serveRead(store, behaviour),
  append: serveAppend(store, behaviour),
  batchAppend: serveBatchAppend(store, behaviour),
  tombstone: serveTombstone(store),
  delete: serveDelete(store),
});
server.addService(StreamsServiceService, {
  appendSession: is === '23.10' ? unimplemented : serveAppendSession(store, behaviour),
  appendRecords: is === '26.1' ? serveAppendRecords(store, behaviour) : unimplemented,
});
server.addService(ServerFeaturesService, { getSupportedMethods: serveFeatures(is) });
server.addService(GossipService, { read: serveGossip(() => bound) });

process.on('message', (order: Order) => {
  if ('faults' in order) behaviour.faults = { ...noFaults, ...order.faults };
  else if ('drop' in order) for (const subscription of behaviour.subscriptions) subscription.drop();
  else if ('systemEvents' in order)
    for (let n = 0; n < order.systemEvents; n++)
      store.systemEvent('$stats-127.0.0.1:2113', '$statsCollected');
  process.send?.({ calls: behaviour.calls });
});
process.on('disconnect', () => process.exit(0));

server.bindAsync(`127.0.0.1:${port}`, ServerCredentials.createInsecure(), (error, at) => {
  if (error !== null) throw error;
  bound = at;
  process.send?.({ port: at });
});

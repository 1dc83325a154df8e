'use strict';

const path = require('node:path');
const { startPostgres } = require('../postgres/server');
const { withBroker } = require('./kafka-jars');

/** Starts a broker and a server that measurements are made on, and says in LEDGER_BENCH_ENGINES where they are. */
async function withMeasuredEngines(work) {
  // As an operator would run it: what is committed is on the disk.
  const server = await startPostgres({ durable: true });
  try {
    return await withBroker((broker, folder) => {
      process.env.LEDGER_BENCH_ENGINES = JSON.stringify({
        broker: { address: broker.address, pid: broker.pid, data: path.join(folder, 'data') },
        server: { address: server.address, pid: server.pid },
      });
      return work();
    });
  } finally {
    await server.stop();
  }
}

module.exports = { withMeasuredEngines };

'use strict';

/*
 * `node infra/kafka/broker.js FOLDER [PORT [REACHED]]`: a Kafka broker with its data in a folder, until it is told to stop.
 * Tests that stop their broker and start it again run it; so may whoever wants to look at a topic by hand. REACHED is the
 * port at which it tells clients to reach it, where something stands between them and it. BROKER_KEYSTORE, BROKER_USER and
 * BROKER_PASSWORD make it listen by TLS besides, where that user signs in.
 */

const { keptJars } = require('./jars');
const { startKafka } = require('./server');

async function main([folder, port, reached]) {
  if (folder === undefined)
    throw new Error('name the folder of its data: node infra/kafka/broker.js FOLDER [PORT]');
  const { BROKER_KEYSTORE, BROKER_USER, BROKER_PASSWORD } = process.env;
  const lib = keptJars();
  if (lib === undefined)
    throw new Error('the jars of Kafka are not here yet: `npm run test:kafka` fetches them.');
  const broker = await startKafka({
    lib,
    folder,
    ...(port !== undefined && { port: Number(port) }),
    ...(reached !== undefined && { reached: Number(reached) }),
    ...(BROKER_KEYSTORE && {
      secure: { keystore: BROKER_KEYSTORE, user: BROKER_USER, password: BROKER_PASSWORD },
    }),
  });
  const stop = () => {
    broker.stop().then(() => process.exit(0), fail);
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
  const secure = broker.secureAddress === undefined ? '' : `; by TLS at ${broker.secureAddress}`;
  process.stdout.write(`A broker is at ${broker.address}, as process ${broker.pid}${secure}.\n`);
}

function fail(error) {
  process.stderr.write(`The broker does not run: ${error.message}\n`);
  process.exit(1);
}

main(process.argv.slice(2)).catch(fail);

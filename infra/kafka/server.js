'use strict';

/*
 * A Kafka broker for tests: one node that is its own controller (KRaft), on loopback. What a cluster of one needs to come
 * up at all is that every topic of its own has one replica.
 */

const fs = require('node:fs');
const path = require('node:path');
const { spawn, spawnSync } = require('node:child_process');
const { freePort } = require('../setup/free-port');

/** A listener besides, by TLS, where one user signs in: by SCRAM, or with the password as it is. */
function secureSettings({ port, keystore, password, user }) {
  const of = (name) => `listener.name.secure.${name}`;
  const login = 'org.apache.kafka.common.security';
  return {
    [of('ssl.keystore.type')]: 'PKCS12',
    [of('ssl.keystore.location')]: keystore,
    [of('ssl.keystore.password')]: password,
    [of('ssl.key.password')]: password,
    [of('sasl.enabled.mechanisms')]: 'PLAIN,SCRAM-SHA-256,SCRAM-SHA-512',
    [of('plain.sasl.jaas.config')]: `${login}.plain.PlainLoginModule required user_${user}="${password}";`,
    [of('scram-sha-256.sasl.jaas.config')]: `${login}.scram.ScramLoginModule required;`,
    [of('scram-sha-512.sasl.jaas.config')]: `${login}.scram.ScramLoginModule required;`,
    port,
  };
}

/** The settings of a broker, as Kafka reads them. */
function settingsOf(data, { port, reached, controllerPort, secure }) {
  const { port: securePort, ...ofSecure } = secure === undefined ? {} : secureSettings(secure);
  const besides = (text) => (secure === undefined ? '' : `,${text}`);
  const settings = {
    ...ofSecure,
    'process.roles': 'broker,controller',
    'node.id': 1,
    'controller.quorum.voters': `1@127.0.0.1:${controllerPort}`,
    listeners: `CLIENTS://127.0.0.1:${port},CONTROLLER://127.0.0.1:${controllerPort}${besides(`SECURE://127.0.0.1:${securePort}`)}`,
    'advertised.listeners': `CLIENTS://127.0.0.1:${reached}${besides(`SECURE://127.0.0.1:${securePort}`)}`,
    'listener.security.protocol.map': `CLIENTS:PLAINTEXT,CONTROLLER:PLAINTEXT${besides('SECURE:SASL_SSL')}`,
    'inter.broker.listener.name': 'CLIENTS',
    'controller.listener.names': 'CONTROLLER',
    'log.dirs': data,
    // A topic that is misspelt is an error, not a new topic.
    'auto.create.topics.enable': false,
    'offsets.topic.replication.factor': 1,
    'offsets.topic.num.partitions': 1,
    'transaction.state.log.replication.factor': 1,
    'transaction.state.log.min.isr': 1,
    'transaction.state.log.num.partitions': 1,
    'share.coordinator.state.topic.replication.factor': 1,
    'share.coordinator.state.topic.min.isr': 1,
    'group.initial.rebalance.delay.ms': 0,
    'num.network.threads': 2,
    'num.io.threads': 2,
    'log.cleaner.dedupe.buffer.size': 2 * 1024 * 1024,
  };
  return Object.entries(settings)
    .map(([name, value]) => `${name}=${value}\n`)
    .join('');
}

/** Prepares a folder for a broker's data; one that is prepared is left as it is. */
function format(lib, data, settings, secure) {
  if (fs.existsSync(path.join(data, 'meta.properties'))) return;
  const tool = (...args) => {
    const { status, stdout, stderr } = spawnSync(
      'java',
      ['-cp', path.join(lib, '*'), 'kafka.tools.StorageTool', ...args],
      { encoding: 'utf8' },
    );
    if (status !== 0) throw new Error(`The broker's folder could not be prepared: ${stdout}${stderr}`);
    return stdout.trim();
  };
  const scram = (mechanism) =>
    secure === undefined
      ? []
      : ['--add-scram', `${mechanism}=[name=${secure.user},password=${secure.password}]`];
  tool(
    'format',
    '-t',
    tool('random-uuid'),
    '-c',
    settings,
    ...scram('SCRAM-SHA-256'),
    ...scram('SCRAM-SHA-512'),
  );
}

/** Resolves when the broker answers; rejects when it ends before. */
async function ready(address, broker, log) {
  // Only here: whoever starts a broker has installed the dependencies.
  const { Kafka, logLevel } = require('kafkajs');
  let over = false;
  broker.once('exit', () => (over = true));
  for (;;) {
    if (over) throw new Error(`The broker ended while starting: ${fs.readFileSync(log, 'utf8')}`);
    const admin = new Kafka({
      brokers: [address],
      logLevel: logLevel.NOTHING,
      retry: { retries: 0 },
    }).admin();
    const { brokers } = await admin
      .connect()
      .then(() => admin.describeCluster())
      .catch(() => ({ brokers: [] }));
    await admin.disconnect();
    if (brokers.length > 0) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

/**
 * Starts a broker; it is at `address` until `stop` is called, and its data stay in the folder.
 * @param lib the folder of its jars
 * @param folder where its data are; empty at first
 * @param port where it listens; a free one unless given
 * @param reached where it tells clients to reach it; where it listens, unless something stands in between
 * @param secure keystore (PKCS 12), password, and user of a listener besides that is by TLS and where that user signs in
 */
async function startKafka({ lib, folder, port, reached, secure: secured }) {
  const clients = port ?? (await freePort());
  const data = path.join(folder, 'data');
  fs.mkdirSync(data, { recursive: true });
  const settings = path.join(folder, 'server.properties');
  const secure = secured && { ...secured, port: await freePort() };
  const ports = { port: clients, reached: reached ?? clients, controllerPort: await freePort() };
  fs.writeFileSync(settings, settingsOf(data, { ...ports, secure }));
  format(lib, data, settings, secure);
  const log = path.join(folder, 'log');
  const output = fs.openSync(log, 'w');
  const broker = spawn(
    'java',
    [
      '-Xms256m',
      '-Xmx512m',
      '-XX:+UseSerialGC',
      '-Dlog4j2.level=WARN',
      '-cp',
      path.join(lib, '*'),
      'kafka.Kafka',
      settings,
    ],
    { stdio: ['ignore', output, output] },
  );
  fs.closeSync(output);
  const stop = async (signal = 'SIGTERM') => {
    if (broker.exitCode !== null || broker.signalCode !== null) return;
    const ended = new Promise((resolve) => broker.once('exit', resolve));
    broker.kill(signal);
    await ended;
  };
  const address = `127.0.0.1:${ports.reached}`;
  try {
    await ready(address, broker, log);
  } catch (error) {
    await stop('SIGKILL');
    throw error;
  }
  return { address, pid: broker.pid, stop, ...(secure && { secureAddress: `127.0.0.1:${secure.port}` }) };
}

module.exports = { startKafka };

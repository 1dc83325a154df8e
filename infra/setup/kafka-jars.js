'use strict';

const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');
const { fetchJars, hasJava, hasMaven, keptJars } = require('../kafka/jars');
const { startKafka } = require('../kafka/server');
const { buildForTests } = require('./build');
const { installPackage } = require('./debian');
const { ensureInstalled } = require('./install');
const { withSetupLock } = require('./lock');
const { say } = require('./project');

/** What is missing for a broker after what can be installed is, in words; undefined where nothing is. */
function lackingForKafka() {
  if (!hasJava()) installPackage('openjdk-17-jre-headless', 'Java');
  if (!hasJava()) return 'Java 17 or newer (apt-get install openjdk-17-jre-headless)';
  if (keptJars() !== undefined) return undefined;
  if (!hasMaven()) installPackage('maven', 'Maven');
  if (hasMaven()) return undefined;
  return 'Maven, which fetches the broker (apt-get install maven); or name a folder of its jars with KAFKA_LIB=/folder';
}

/** Fetches the broker where it is missing; whatever is started from here finds it. */
function ensureJars() {
  if (keptJars() === undefined) say('Fetching a Kafka broker with Maven …');
  process.env.KAFKA_LIB = fetchJars();
}

/** Installs and builds what tests on a broker need, and fetches the broker. */
function setUpWithBroker() {
  withSetupLock(() => {
    ensureInstalled();
    buildForTests();
    ensureJars();
  });
}

/** Does work with a broker that is started for it, in a temporary folder. */
async function withBroker(work) {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'ledger-kafka-'));
  try {
    const broker = await startKafka({ lib: process.env.KAFKA_LIB, folder });
    try {
      return await work(broker, folder);
    } finally {
      await broker.stop();
    }
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
}

module.exports = { ensureJars, lackingForKafka, setUpWithBroker, withBroker };

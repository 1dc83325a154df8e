'use strict';

const { findPrograms } = require('../postgres/server');
const { installPackage } = require('./debian');
const { lackingForKafka } = require('./kafka-jars');

/** What is missing for a PostgreSQL server and a Kafka broker after what can be installed is, in words; undefined where nothing is. */
function lackingEngines() {
  if (findPrograms() === undefined) installPackage('postgresql', 'PostgreSQL');
  if (findPrograms() === undefined) return 'PostgreSQL (apt-get install postgresql)';
  return lackingForKafka();
}

/** The result of tests that need a server and a broker, where they are missing; undefined where they are there. */
function failedForLack() {
  const missing = lackingEngines();
  if (missing === undefined) return undefined;
  process.stdout.write(`These tests need ${missing}.\n`);
  return { passed: 0, failed: 1, skipped: 0, exitCode: 1 };
}

module.exports = { failedForLack, lackingEngines };

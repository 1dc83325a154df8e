'use strict';

const { fetchJars, hasJava, hasMaven, keptJars } = require('../kafka/jars');
const { installPackage } = require('./debian');
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

module.exports = { ensureJars, lackingForKafka };

'use strict';

/*
 * The jars of a Kafka broker: those that KAFKA_LIB names, or those that Maven fetches. They are kept beside what npm has
 * installed, and Maven keeps its own copies, so that they come over the network once.
 */

const fs = require('node:fs');
const path = require('node:path');
const { spawnSync } = require('node:child_process');

const description = path.join(__dirname, 'pom.xml');
const cache = path.join(__dirname, '../../node_modules/.cache/ledger/kafka');

function runs(program, argument) {
  return spawnSync(program, [argument], { stdio: 'ignore' }).status === 0;
}

const hasJava = () => runs('java', '-version');
const hasMaven = () => runs('mvn', '--version');

/** The folder of the jars, where they are here already. A folder of another description than today's is not it. */
function keptJars() {
  if (process.env.KAFKA_LIB !== undefined) return process.env.KAFKA_LIB;
  const made = path.join(cache, 'pom.xml');
  const same = fs.existsSync(made) && fs.readFileSync(made, 'utf8') === fs.readFileSync(description, 'utf8');
  return same ? path.join(cache, 'lib') : undefined;
}

/** Fetches the jars where they are missing; their folder. @throws Error with what Maven said */
function fetchJars() {
  const kept = keptJars();
  if (kept !== undefined) return kept;
  fs.rmSync(cache, { recursive: true, force: true });
  const lib = path.join(cache, 'lib');
  const { status, stdout, error } = spawnSync(
    'mvn',
    [
      '-q',
      '-B',
      '-f',
      description,
      'dependency:copy-dependencies',
      '-DincludeScope=runtime',
      `-DoutputDirectory=${lib}`,
    ],
    { encoding: 'utf8' },
  );
  if (status !== 0)
    throw new Error(`Maven could not fetch the jars of Kafka: ${error?.message ?? stdout.trim()}`);
  // Last of all: a fetch that was broken off is begun anew.
  fs.copyFileSync(description, path.join(cache, 'pom.xml'));
  return lib;
}

module.exports = { fetchJars, hasJava, hasMaven, keptJars };

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

module.exports = { lackingEngines };

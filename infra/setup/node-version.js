'use strict';

/*
 * Read first, before anything newer than this file: it must be understood by the old Node that it turns away.
 * The least version is the one that lets CommonJS load ES modules, which some dependencies are.
 */

const least = [20, 19];

function ensureNode() {
  const parts = process.versions.node.split('.').map(Number);
  if (parts[0] > least[0] || (parts[0] === least[0] && parts[1] >= least[1])) return;
  process.stderr.write(
    'The ledger needs Node ' +
      least.join('.') +
      ' or newer; this is Node ' +
      process.versions.node +
      '. Install a newer Node (any release since ' +
      least.join('.') +
      ' will do) and run the command again.\n',
  );
  process.exit(1);
}

module.exports = { ensureNode };

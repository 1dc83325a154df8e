'use strict';

/*
 * `node infra/postgres/database.js FOLDER [PORT]`: a PostgreSQL server with its data in a folder, until it is told to stop.
 * Tests that stop their server, or end it as a crash would (SIGQUIT), and start it again run it.
 */

const { startPostgres } = require('./server');

async function main([folder, port]) {
  if (folder === undefined)
    throw new Error('name the folder of its data: node infra/postgres/database.js FOLDER [PORT]');
  const server = await startPostgres({ folder, ...(port !== undefined && { port: Number(port) }) });
  for (const [signal, passedOn] of [
    ['SIGTERM', 'SIGINT'],
    ['SIGINT', 'SIGINT'],
    ['SIGQUIT', 'SIGQUIT'],
  ])
    process.on(signal, () => {
      server.stop(passedOn).then(() => process.exit(0), fail);
    });
  process.stdout.write(`A database is at ${server.address}, as process ${server.pid}.\n`);
}

function fail(error) {
  process.stderr.write(`The database does not run: ${error.message}\n`);
  process.exit(1);
}

main(process.argv.slice(2)).catch(fail);

'use strict';

/*
 * A PostgreSQL server for tests: on loopback, on a port that was free, in a temporary folder that is gone when it is
 * stopped, unless a folder is given to keep. It keeps nothing through a power cut, which tests do not need and which makes
 * it quick, unless it is to be durable.
 */

const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');
const { spawn, spawnSync } = require('node:child_process');
const { freePort } = require('../setup/free-port');

/** Where Debian puts each release, and where others put the only one. */
const folders = [
  '/usr/lib/postgresql',
  '/usr/local/bin',
  '/usr/local/pgsql/bin',
  '/opt/homebrew/bin',
  '/usr/bin',
];

/** The folder of the server's programs, of the newest release there is; undefined where there is none. */
function findPrograms() {
  const [debian, ...others] = folders;
  const releases = fs.existsSync(debian)
    ? fs
        .readdirSync(debian)
        .sort((one, other) => Number(other) - Number(one))
        .map((release) => path.join(debian, release, 'bin'))
    : [];
  const named = process.env.POSTGRES_BIN === undefined ? [] : [process.env.POSTGRES_BIN];
  return [...named, ...releases, ...others].find((folder) =>
    ['initdb', 'postgres'].every((program) => fs.existsSync(path.join(folder, program))),
  );
}

/** As whom the server runs: it refuses root. Undefined: as whoever runs this. */
function serverUser() {
  if (process.getuid?.() !== 0) return undefined;
  for (const name of ['postgres', 'nobody']) {
    const [uid, gid] = ['-u', '-g'].map((what) => spawnSync('id', [what, name], { encoding: 'utf8' }));
    if (uid.status === 0 && gid.status === 0) return { uid: Number(uid.stdout), gid: Number(gid.stdout) };
  }
  throw new Error('PostgreSQL refuses to run as root, and there is no user postgres or nobody to run it as.');
}

const common = ['max_connections=100', 'log_min_messages=warning'];
/** Of a server for tests, and of one that keeps what is committed and has a little more memory. */
const settingsOf = {
  quick: [...common, 'fsync=off', 'full_page_writes=off', 'shared_buffers=64MB'],
  durable: [...common, 'shared_buffers=512MB', 'max_wal_size=4GB', 'checkpoint_timeout=15min'],
};

function initialise(programs, data, user) {
  const { status, stderr } = spawnSync(
    path.join(programs, 'initdb'),
    ['-D', data, '-U', 'ledger', '--auth=trust', '--encoding=UTF8', '--locale=C', '--no-sync'],
    { ...user, encoding: 'utf8', cwd: os.tmpdir(), env: { ...process.env, LC_ALL: 'C' } },
  );
  if (status !== 0) throw new Error(`initdb failed: ${stderr}`);
}

/** Resolves when the server answers; rejects when it ends before. */
async function ready(programs, port, server, log) {
  let over = false;
  server.once('exit', () => (over = true));
  for (;;) {
    if (over) throw new Error(`PostgreSQL ended while starting: ${fs.readFileSync(log, 'utf8')}`);
    const asked = spawn(path.join(programs, 'pg_isready'), ['-q', '-h', '127.0.0.1', '-p', String(port)]);
    const code = await new Promise((resolve) => asked.once('exit', resolve));
    if (code === 0) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

/** A folder that the server's user can write in. */
function folderFor(user, given) {
  const folder = given ?? fs.mkdtempSync(path.join(os.tmpdir(), 'ledger-postgres-'));
  fs.mkdirSync(folder, { recursive: true });
  if (user !== undefined) fs.chownSync(folder, user.uid, user.gid);
  return folder;
}

/**
 * Starts a server; it is at `address` until `stop` is called.
 * @param programs the folder of its programs
 * @param folder where its data are, kept when it stops; a temporary one unless given
 * @param port where it is reached; a free one unless given
 * @param durable whether what is committed outlives a power cut
 */
async function startPostgres({
  programs = findPrograms(),
  folder: given,
  port: wanted,
  durable = false,
} = {}) {
  if (programs === undefined) throw new Error('PostgreSQL is not installed (apt-get install postgresql).');
  const user = serverUser();
  const folder = folderFor(user, given);
  const data = path.join(folder, 'data');
  if (!fs.existsSync(path.join(data, 'PG_VERSION'))) initialise(programs, data, user);
  const port = wanted ?? (await freePort());
  const log = path.join(folder, 'log');
  const output = fs.openSync(log, 'w');
  const settings = durable ? settingsOf.durable : settingsOf.quick;
  const server = spawn(
    path.join(programs, 'postgres'),
    ['-D', data, '-h', '127.0.0.1', '-p', String(port), '-k', '', ...settings.flatMap((one) => ['-c', one])],
    { ...user, cwd: folder, stdio: ['ignore', output, output] },
  );
  fs.closeSync(output);
  // Its fast way: connections are ended, nothing is waited for.
  const stop = async (signal = 'SIGINT') => {
    if (server.exitCode === null && server.signalCode === null) {
      const ended = new Promise((resolve) => server.once('exit', resolve));
      server.kill(signal);
      await ended;
    }
    if (given === undefined) fs.rmSync(folder, { recursive: true, force: true });
  };
  try {
    await ready(programs, port, server, log);
  } catch (error) {
    await stop();
    throw error;
  }
  return { address: `postgresql://ledger@127.0.0.1:${port}/postgres`, pid: server.pid, stop };
}

module.exports = { findPrograms, startPostgres };

import { chmodSync, chownSync, mkdirSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SmallDisk } from '../durability/full-disk/small-disk';
import { onServer } from '../postgres/own-database';
import { Engines } from './engines';
import { options } from './options';
import { ScaledOutLedger } from './scaled-out-ledger';

/* The disk of the read models is full; that of the server's own write-ahead log is another one and has room. */

let engines: Engines;
let root: string;
let disk: SmallDisk;
beforeAll(async () => {
  engines = await Engines.start();
  root = mkdtempSync(join(tmpdir(), 'full-disk-'));
  disk = SmallDisk.mount(join(root, 'disk'), 48);
  // The server runs as the user of its own folder.
  const { uid, gid } = statSync(engines.server.folder);
  for (const folder of [root, disk.folder]) chmodSync(folder, 0o711);
  const tables = join(disk.folder, 'tables');
  mkdirSync(tables);
  chownSync(tables, uid, gid);
  await onServer(`CREATE TABLESPACE small LOCATION '${tables}'`, engines.server.addressBy());
});
afterAll(async () => {
  await engines.stop();
  disk.unmount();
  rmSync(root, { recursive: true });
});

test('the disk of the read models is full under load: the projector says so, waits, and goes on when there is room', async () => {
  const load = { seed: options.seed, events: 2500, perSecond: 500 };
  const ledger = await ScaledOutLedger.begin(engines, load, 'small');
  try {
    await ledger.whenRecorded(300);
    disk.fill(0);
    await ledger.whenHindered(
      'projector',
      /disk of the database is full|cannot be reached or does not serve/,
    );
    disk.makeRoom();
    expect(await ledger.findings()).toEqual([]);
  } finally {
    disk.makeRoom();
    await ledger.remove();
  }
});

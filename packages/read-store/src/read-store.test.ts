import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MemoryReadStore, SqliteReadStore } from '.';
import { readStoreCompliance } from './compliance/read-store-compliance';

let folder: string;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'read-store-'))));
afterEach(() => rmSync(folder, { recursive: true }));

readStoreCompliance('memory', async () => new MemoryReadStore());
readStoreCompliance('SQLite', async () => SqliteReadStore.open(join(folder, 'read-models.db')));

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MemoryReadStore, MemoryTopicStore, SqliteReadStore } from '.';
import { readStoreCompliance } from './compliance/read-store-compliance';
import { topicStoreCompliance } from './compliance/topic-store-compliance';

let folder: string;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'read-store-'))));
afterEach(() => rmSync(folder, { recursive: true }));

readStoreCompliance('memory', async () => new MemoryReadStore());
readStoreCompliance('SQLite', async () => SqliteReadStore.open(join(folder, 'read-models.db')));
topicStoreCompliance('memory', async () => new MemoryTopicStore());

import type { Migration } from '@ledger/sqlite';

export const vaultSchema: readonly Migration[] = [
  {
    version: 1,
    up: (database) =>
      database.exec(`
        CREATE TABLE secret (name TEXT PRIMARY KEY, sealed BLOB NOT NULL) WITHOUT ROWID;
        -- One key a subject; a note about nobody in particular has a key of its own. Erasing destroys the key.
        CREATE TABLE subject_key (id INTEGER PRIMARY KEY, sealed BLOB NOT NULL);
        CREATE TABLE note (
          id TEXT PRIMARY KEY, command_key TEXT NOT NULL UNIQUE, subject_key INTEGER NOT NULL REFERENCES subject_key (id),
          sha256 TEXT NOT NULL, sealed BLOB NOT NULL
        ) WITHOUT ROWID;
      `),
  },
  {
    version: 2,
    up: (database) =>
      database.exec(`
        -- What can be looked up is keyed hashes; what can be read is sealed under the person's key.
        CREATE TABLE person (
          id TEXT PRIMARY KEY, command_key TEXT NOT NULL UNIQUE, subject_key INTEGER NOT NULL REFERENCES subject_key (id),
          name BLOB, email BLOB, email_hash TEXT UNIQUE, hold BLOB, added TEXT NOT NULL
        ) WITHOUT ROWID;
        CREATE TABLE person_lookup (
          hash TEXT NOT NULL, person TEXT NOT NULL REFERENCES person (id) ON DELETE CASCADE,
          PRIMARY KEY (hash, person)
        ) WITHOUT ROWID;
        CREATE INDEX person_lookup_person ON person_lookup (person);
        CREATE TABLE erased (person TEXT PRIMARY KEY) WITHOUT ROWID;
        ALTER TABLE note ADD COLUMN written TEXT NOT NULL DEFAULT '';
        CREATE TABLE note_about (
          person TEXT NOT NULL, note TEXT NOT NULL REFERENCES note (id) ON DELETE CASCADE, PRIMARY KEY (person, note)
        ) WITHOUT ROWID;
        CREATE INDEX note_about_note ON note_about (note);
        CREATE INDEX note_subject_key ON note (subject_key);
      `),
  },
  {
    version: 3,
    up: (database) =>
      database.exec(`
        -- A file once, however many claims rest on it; encrypted, with a key of its own.
        CREATE TABLE evidence (
          id TEXT PRIMARY KEY, keyed TEXT NOT NULL UNIQUE, subject_key INTEGER NOT NULL REFERENCES subject_key (id),
          sha256 TEXT NOT NULL, sealed BLOB NOT NULL, media_type TEXT NOT NULL, bytes INTEGER NOT NULL,
          added TEXT NOT NULL
        );
        CREATE INDEX evidence_subject_key ON evidence (subject_key);
      `),
  },
];

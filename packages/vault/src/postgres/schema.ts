import type { PostgresMigration } from '@ledger/postgres';

export const vaultTables: readonly PostgresMigration[] = [
  {
    version: 1,
    up: [
      'CREATE TABLE secret (name text PRIMARY KEY, sealed bytea NOT NULL)',
      // One key a subject; a note about nobody in particular has a key of its own. Erasing destroys the key.
      'CREATE TABLE subject_key (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, sealed bytea NOT NULL)',
      `CREATE TABLE note (
         id text PRIMARY KEY, command_key text NOT NULL UNIQUE, subject_key bigint NOT NULL REFERENCES subject_key (id),
         sha256 text NOT NULL, sealed bytea NOT NULL, written text NOT NULL
       )`,
      'CREATE INDEX note_subject_key ON note (subject_key)',
      // What can be looked up is keyed hashes; what can be read is sealed under the person's key.
      `CREATE TABLE person (
         id text COLLATE "C" PRIMARY KEY, command_key text NOT NULL UNIQUE,
         subject_key bigint NOT NULL REFERENCES subject_key (id),
         name bytea, email bytea, email_hash text UNIQUE, hold bytea, added text NOT NULL
       )`,
      'CREATE INDEX person_subject_key ON person (subject_key)',
      `CREATE TABLE person_lookup (
         hash text NOT NULL, person text NOT NULL REFERENCES person (id) ON DELETE CASCADE, PRIMARY KEY (hash, person)
       )`,
      'CREATE INDEX person_lookup_person ON person_lookup (person)',
      'CREATE TABLE erased (person text PRIMARY KEY)',
      `CREATE TABLE note_about (
         person text NOT NULL, note text NOT NULL REFERENCES note (id) ON DELETE CASCADE, PRIMARY KEY (person, note)
       )`,
      'CREATE INDEX note_about_note ON note_about (note)',
    ],
  },
  {
    version: 2,
    up: [
      // A file once, however many claims rest on it; encrypted, with a key of its own.
      `CREATE TABLE evidence (
         id text PRIMARY KEY, keyed text NOT NULL UNIQUE, subject_key bigint NOT NULL REFERENCES subject_key (id),
         sha256 text NOT NULL, sealed bytea NOT NULL, media_type text NOT NULL, bytes integer NOT NULL,
         added text NOT NULL
       )`,
      'CREATE INDEX evidence_subject_key ON evidence (subject_key)',
    ],
  },
];

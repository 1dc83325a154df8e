/*
 * Every statement on segments, facts and dictionaries that a question or a step asks, in one place: a test reads the plan
 * of each. Column order is that of `rows.ts`.
 */

const columns =
  'sheet, partition, first, last, postings, lines_before, quantity_before, lines_after, quantity_after, bytes';

/** Sheets; position. */
export const segmentsOfSheets = `SELECT ${columns} FROM segment
  WHERE sheet = ANY ($1::integer[]) AND first <= $2::bigint ORDER BY sheet, partition, first`;

/** Sheets; of each a position; position. */
export const segmentsSince = `SELECT s.* FROM unnest($1::integer[], $2::bigint[]) AS read (number, after) CROSS JOIN LATERAL (
    SELECT ${columns} FROM segment
    WHERE sheet = read.number AND last > read.after AND first <= $3::bigint
  ) s ORDER BY s.sheet, s.partition, s.first`;

/** Sheet; position. One look into the index for each partition. */
export const segmentsAtPosition = `SELECT s.* FROM checkpoint c CROSS JOIN LATERAL (
    SELECT ${columns} FROM segment
    WHERE sheet = $1::integer AND partition = c.partition AND first <= $2::bigint ORDER BY first DESC LIMIT 1
  ) s ORDER BY s.partition`;

/** Partition; position. */
export const headsAfterPosition = `SELECT sheet, first, last, lines_after, quantity_after FROM segment
  WHERE partition = $1::integer AND last > $2::bigint ORDER BY last`;

/** Sheets; partition. One look into the index for each sheet. */
export const lastSegmentsOfSheets = `SELECT s.* FROM unnest($1::integer[]) AS wanted (number) CROSS JOIN LATERAL (
    SELECT ${columns} FROM segment
    WHERE sheet = wanted.number AND partition = $2::integer ORDER BY first DESC LIMIT 1
  ) s`;

/** Collection; position; how many. */
export const factsAfter = `SELECT position, id, body FROM fact
  WHERE collection = $1 AND position > $2::bigint ORDER BY position LIMIT $3::bigint`;

/** Collection. */
export const factsOfCollection = 'SELECT count(*) FROM fact WHERE collection = $1';

/** Number. */
export const keysFrom = (dictionary: string): string =>
  `SELECT key FROM ${dictionary} WHERE number >= $1::integer ORDER BY number`;

/** Keys. Those that are there. */
export const numbersOfKeys = (dictionary: string): string =>
  `SELECT key, number FROM ${dictionary} WHERE key = ANY ($1::text[])`;

/** How many keys there are; new keys, none twice. */
export const addKeys = (dictionary: string): string =>
  `INSERT INTO ${dictionary} (number, key)
   SELECT $1::integer + at, key FROM unnest($2::text[]) WITH ORDINALITY AS fresh (key, at)`;

/**
 * The bytes of all segments, one after another; then a list for each column. One value of bytes goes to the server as it
 * is, where a list of them would be written out in hexadecimal.
 */
export const putSegments = `INSERT INTO segment AS held (${columns})
  SELECT sheet, partition, first, last, postings, lines_before, quantity_before, lines_after, quantity_after,
         substring($1::bytea FROM start FOR length)
  FROM unnest($2::integer[], $3::integer[], $4::bigint[], $5::bigint[], $6::integer[], $7::bigint[], $8::bigint[],
              $9::bigint[], $10::bigint[], $11::integer[], $12::integer[])
    AS written (sheet, partition, first, last, postings, lines_before, quantity_before, lines_after, quantity_after,
                start, length)
  ON CONFLICT (sheet, partition, first) DO UPDATE SET
    last = excluded.last, postings = excluded.postings,
    lines_before = excluded.lines_before, quantity_before = excluded.quantity_before,
    lines_after = excluded.lines_after, quantity_after = excluded.quantity_after, bytes = excluded.bytes`;

/** Lists of collections, positions, ids and bodies. */
export const putFacts = `INSERT INTO fact (collection, position, id, body)
  SELECT * FROM unnest($1::text[], $2::bigint[], $3::text[], $4::text[])`;

/** Lists of partitions, positions, streams and reasons. */
export const putParked = `INSERT INTO parked (partition, position, stream, reason)
  SELECT * FROM unnest($1::integer[], $2::bigint[], $3::text[], $4::text[])`;

/** Partition; where it is; where it goes. */
export const moveCheckpoint =
  'UPDATE checkpoint SET position = $3::bigint WHERE partition = $1::integer AND position = $2::bigint';

/** Partition; where it goes. The first step of a partition: whoever comes second finds it there. */
export const beginCheckpoint =
  'INSERT INTO checkpoint (partition, position) VALUES ($1::integer, $2::bigint) ON CONFLICT (partition) DO NOTHING';

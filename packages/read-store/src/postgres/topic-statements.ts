/* The statements on what a read store that is kept from a topic holds besides. */

/** This transaction, and all before it, are on the disk when it is committed. */
export const commitAtOnce = 'SET LOCAL synchronous_commit = on';

export const readSource = 'SELECT topic, partitions, group_name FROM source';

/** Topic; how many partitions; group. Whoever comes second finds what the first one said. */
export const sayTheSource =
  'INSERT INTO source (topic, partitions, group_name) VALUES ($1, $2::integer, $3) ON CONFLICT (only_one) DO NOTHING';

/** How many partitions. */
export const beginPartitions = `INSERT INTO checkpoint (partition, position)
  SELECT partition, 0 FROM generate_series(0, $1::integer - 1) AS partition ON CONFLICT (partition) DO NOTHING`;

/** Partition. */
export const standingOfPartition =
  'SELECT position, next_offset FROM checkpoint WHERE partition = $1::integer';

/** Partition; position and offset where it is; position and offset where it goes. */
export const movePartition = `UPDATE checkpoint SET position = $4::bigint, next_offset = $5::bigint
  WHERE partition = $1::integer AND position = $2::bigint AND next_offset = $3::bigint`;

/** The bytes of all bodies, one after another; then a list for each column, as in `putSegments`. */
export const keepEvents = `INSERT INTO event (stream, revision, position, bytes)
  SELECT stream, revision, position, substring($1::bytea FROM start FOR length)
  FROM unnest($2::text[], $3::integer[], $4::bigint[], $5::integer[], $6::integer[])
    AS kept (stream, revision, position, start, length)
  ON CONFLICT (stream, revision) DO NOTHING`;

/** Streams. */
export const revisionsOfStreams = `SELECT stream, array_agg(revision ORDER BY revision) FROM event
  WHERE stream = ANY ($1::text[]) GROUP BY stream`;

/** Streams. */
export const eventsOfStreams = `SELECT stream, revision, position, bytes FROM event
  WHERE stream = ANY ($1::text[]) ORDER BY stream, revision`;

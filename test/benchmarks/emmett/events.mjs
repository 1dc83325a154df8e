/** An event as Emmett keeps it: the envelope of the stored body is its metadata. */
export function eventOf({ event }, actor) {
  const { id, type, schemaVersion, data } = event;
  const command = { scope: 'record', key: id, hash: id };
  return { type, data, metadata: { id, schemaVersion, actor, command, correlationId: id, causationId: id } };
}

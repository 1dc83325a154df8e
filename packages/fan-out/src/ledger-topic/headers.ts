/*
 * The headers of a record, as CloudEvents' binding to Kafka has them in its binary mode: an attribute is a header whose name
 * begins with `ce_`, and the value is the data. Three attributes are the ledger's own.
 */
export const headers = {
  specversion: 'ce_specversion',
  id: 'ce_id',
  source: 'ce_source',
  type: 'ce_type',
  subject: 'ce_subject',
  time: 'ce_time',
  contentType: 'content-type',
  /** Place in the whole log: digits, from 1. The same record again has the same. */
  position: 'ce_ledgerposition',
  /** The log's own address of the event. */
  cursor: 'ce_ledgercursor',
  /** Place in its stream: digits, from 0. */
  revision: 'ce_streamrevision',
} as const;

export const specversion = '1.0';
export const contentType = 'application/json';

/** The type of what says how far the topic has come; everything else is of the type of its event. */
export const watermarkType = 'LedgerWatermark';

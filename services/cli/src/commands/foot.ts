import { eventsAre, memberOf, text } from '../output';

/** What an answer says about itself, under the table. */
export function foot(answer: unknown): string {
  const illustrative =
    memberOf(answer, 'illustrative') === true ? ' Invented (illustrative) records are in it.' : '';
  const importing =
    Number(memberOf(answer, 'importing') ?? 0) > 0
      ? ' INCOMPLETE: an import is only partly recorded; see it with: ledger imports.'
      : '';
  const incomplete =
    Number(memberOf(answer, 'parked') ?? 0) > 0
      ? ` INCOMPLETE: ${eventsAre(memberOf(answer, 'parked'))} parked, and not in it; see them with: ledger parked.`
      : '';
  const rebuilding =
    memberOf(answer, 'rebuilding') === true
      ? ' REBUILDING: read models are being built for this release; this is from those of an earlier one.'
      : '';
  return `\nPosition ${text(memberOf(answer, 'position'))}.${illustrative}${importing}${incomplete}${rebuilding}`;
}

import { canonicalJson, derivedId, type LedgerEvent } from '@ledger/events';
import type { Vault } from '@ledger/vault';
import type { ReadRow } from './read-row';

function bodyIds(bodies: readonly { readonly body: string }[] | undefined): string[] {
  return [...new Set((bodies ?? []).map(({ body }) => body))].sort();
}

/** What identifies a record of a type in files; what is not in it may change from file to file. */
function partsOf(event: LedgerEvent, began: string | undefined): readonly unknown[] {
  switch (event.type) {
    case 'PeerChallengeDelivered':
      return ['challenge', event.data.offer, bodyIds(event.data.bodies), event.data.occurred.from];
    case 'SupportProvided':
    case 'GrantAwarded':
    case 'EventHeld':
      return [
        event.type,
        event.data.offer,
        bodyIds(event.data.bodies),
        event.data.occurred.from,
        event.data.title ?? '',
      ];
    case 'PlaceBooked':
    case 'CouncillorTrained':
    case 'CourseCompleted':
    case 'PlaceGivenUp':
      // The steps of one place are one record.
      return ['place', event.data.person, event.data.body, event.data.offer, event.data.course];
    case 'OfficerDeveloped':
      return [
        event.type,
        event.data.person ?? '',
        event.data.body,
        event.data.offer,
        event.data.course,
        event.data.occurred.from,
      ];
    case 'GraduatePlaced':
      return [
        event.type,
        event.data.person ?? '',
        event.data.body,
        event.data.offer,
        event.data.cohort ?? '',
        event.data.occurred.from,
      ];
    case 'PeerTrained':
      return [event.type, event.data.person, event.data.offer];
    case 'MembershipStarted':
      return ['membership', event.data.offer, event.data.body, event.data.from];
    case 'MembershipEnded':
      return ['membership', event.data.offer, event.data.body, began ?? ''];
    case 'SavingsRecorded':
      return [
        event.type,
        event.data.offer ?? '',
        event.data.savingsArea ?? '',
        bodyIds(event.data.bodies),
        event.data.title,
        event.data.occurred.from,
      ];
    case 'MetricObserved':
      return [
        event.type,
        event.data.metric,
        event.data.offer ?? '',
        event.data.body ?? '',
        event.data.kind,
        event.data.occurred.from,
        event.data.occurred.to,
      ];
    case 'SurveyResultRecorded':
      return [
        event.type,
        event.data.offer ?? '',
        event.data.question,
        event.data.answer ?? '',
        event.data.occurred.from,
        event.data.occurred.to,
      ];
    case 'DeliverableAgreed':
      return [event.type, event.data.offer ?? '', event.data.title, event.data.year];
    case 'EarlierSupportDeclared':
      return [event.type, event.data.offer, event.data.body ?? '', event.data.person ?? ''];
    default:
      throw new RangeError(`${event.type} is not recorded from spreadsheets`);
  }
}

/** The key of a record by what its team calls it, in the files of one mapping. */
export function referenceKey(reference: string, mapping: string): string {
  return canonicalJson(['reference', mapping, reference]);
}

/** The id of the record that has a key. The key may name a person by a guess that others could make too, so it is hashed with the ledger's secret. */
export function importedId(key: string, vault: Pick<Vault, 'keyed'>): string {
  return derivedId('imported', vault.keyed(key));
}

/**
 * The natural key of a row, for imports only: the team's own reference where the file has one, else what the
 * content itself is known by. People are in it by their ids, never by name.
 */
export function naturalKey({ content, reference, began }: ReadRow, mapping: string): string | undefined {
  if (content === undefined) return undefined;
  return reference === undefined ? canonicalJson(partsOf(content, began)) : referenceKey(reference, mapping);
}

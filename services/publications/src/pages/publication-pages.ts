import { askedAtOfPage, type Page } from '@ledger/http';
import { valueInWords } from '@ledger/pages';
import type { CitedSince } from '@ledger/projections';
import type { PublicationParts } from '../parts';
import { sealOf, toldChanges, toldPublication, unknownPublication } from '../routes/publication-routes';

/** What it says now, with its base where that is what has changed. */
function shownNow({ now, said }: CitedSince): string {
  if (now === null) return '–';
  return now.base === undefined || now.shown !== said.shown ? now.shown : `${now.shown} (base ${now.base})`;
}

function shownDifference({ difference, unit }: CitedSince): string {
  if (difference === null || difference === 0) return '';
  const sign = difference > 0 ? '+' : '−';
  const size = Math.abs(difference);
  return `${sign}${unit === 'pence' ? valueInWords('pence', size) : String(size)}`;
}

/** What was published, and what it says since. */
export function publicationPages(parts: () => PublicationParts): readonly Page[] {
  return [
    {
      method: 'get',
      path: '/publications',
      permission: 'figures:read',
      show: async ({ query }) => {
        const found = parts();
        const answer = await found.queries.publications({
          ...(query['cursor'] !== undefined && { cursor: query['cursor'] }),
        });
        const list = await Promise.all(answer.publications.map((one) => toldPublication(found, one)));
        return { view: 'publications', context: { answer, list } };
      },
    },
    {
      method: 'get',
      path: '/publications/{id}',
      permission: 'figures:read',
      show: async ({ params, query }) => {
        const found = parts();
        const { after, cursor, asRecordedBy } = query;
        if (after !== undefined) await found.whenApplied(after);
        const id = params['id'] ?? '';
        const at = askedAtOfPage(asRecordedBy, found.recording.parts.today());
        const answer = await found.queries.publication(id, at);
        const changed = await found.queries.publicationChanges({
          id,
          at,
          ...(cursor !== undefined && { cursor }),
        });
        if (answer === undefined || changed === undefined) throw unknownPublication(id);
        return {
          view: 'publication',
          context: {
            answer,
            seal: sealOf(found, answer.publication),
            publication: await toldPublication(found, answer.publication),
            figures: answer.figures.map((figure) => ({
              ...figure,
              shownNow: shownNow(figure),
              by: shownDifference(figure),
            })),
            restated: answer.figures.filter(({ before }) => before?.restated === true),
            changes: await toldChanges(found, changed.changes),
            next:
              changed.next === null ? null : `/publications/${id}?cursor=${encodeURIComponent(changed.next)}`,
            csv: `/api/publications/${id}?format=csv`,
          },
        };
      },
    },
  ];
}

import { Id } from '@ledger/events';
import { AsRecordedBy, askedAt, csvOf, ProblemError, route, sendJson, type Route } from '@ledger/http';
import type {
  ChangeAfterClose,
  CitedSince,
  PublicationAnswer,
  PublicationSummary,
} from '@ledger/projections';
import { commandRoute } from '@ledger/recording';
import { z } from 'zod';
import { publish } from '../application/publish';
import { PublishRequest } from '../application/publish-request';
import type { PublicationParts, SealOver } from '../parts';

const question = { method: 'get', tag: 'publications', permission: 'figures:read' } as const;
const OnePublication = z.strictObject({ id: Id });
const after = z
  .string()
  .max(100)
  .optional()
  .describe('A cursor from a command: the answer includes what it recorded.');

/** Publishing. */
export function publicationCommands(parts: () => PublicationParts): readonly Route[] {
  return [
    commandRoute({
      path: '/api/publications',
      permission: 'figures:publish',
      operationId: 'publish',
      summary: 'Publish a figure, or those of a table, as citations: question, rule, position and value',
      body: PublishRequest,
      run: ({ command }) => publish(parts(), command),
    }),
  ];
}

/** A publication with the name of who published it. */
export type ToldPublication = PublicationSummary & { readonly by: string };

/** A change with the name of who made it. */
export type ToldChange = ChangeAfterClose & { readonly by: string };

export async function toldPublication(
  { nameOf }: Pick<PublicationParts, 'nameOf'>,
  summary: PublicationSummary,
): Promise<ToldPublication> {
  return { ...summary, by: await nameOf(summary.actor) };
}

export async function toldChanges(
  { nameOf }: Pick<PublicationParts, 'nameOf'>,
  changes: readonly ChangeAfterClose[],
): Promise<readonly ToldChange[]> {
  return Promise.all(changes.map(async (change) => ({ ...change, by: await nameOf(change.actor) })));
}

export function unknownPublication(id: string): ProblemError {
  return new ProblemError(
    404,
    'UNKNOWN_PUBLICATION',
    `There is no publication ${id}; look it up under publications.`,
  );
}

const csvHead = [
  'citation',
  'figure',
  'question',
  'parameters',
  'unit',
  'published',
  'published_shown',
  'attributed',
  'rule',
  'as_recorded_by',
  'recounted',
  'now',
  'now_shown',
  'difference',
  'seal',
  'sealed_events',
  'sealed_root',
  'sealed_at',
  'sealed_by',
];

/** The checkpoint that a publication is under; null while it is not sealed. */
export function sealOf(
  { sealOver }: Pick<PublicationParts, 'sealOver'>,
  { position }: Pick<PublicationSummary, 'position'>,
): SealOver | null {
  return sealOver(BigInt(position));
}

function csvSeal(seal: SealOver | null): (string | number)[] {
  if (seal === null) return ['not yet sealed', '', '', '', ''];
  const { number, size, root, time, signedBy } = seal;
  return [`checkpoint ${number}`, size, root, time, signedBy.join(' ')];
}

function csvRow(answer: PublicationAnswer, figure: CitedSince, seal: SealOver | null): (string | number)[] {
  return [
    figure.event,
    figure.label,
    figure.ask,
    new URLSearchParams(figure.parameters).toString(),
    figure.unit,
    figure.said.value ?? '',
    figure.said.shown,
    figure.said.attributed ?? '',
    figure.said.rule,
    answer.publication.asRecordedBy,
    figure.recounted?.value ?? '',
    figure.now?.value ?? '',
    figure.now?.shown ?? '',
    figure.difference ?? '',
    ...csvSeal(seal),
  ];
}

/** What was published, and what it says since. */
export function publicationRoutes(parts: () => PublicationParts): readonly Route[] {
  return [
    route({
      ...question,
      path: '/api/publications',
      operationId: 'publications',
      summary: 'What was published, the newest first',
      query: z.strictObject({
        limit: z.coerce.number().int().min(1).max(200).optional(),
        cursor: z.string().max(20).optional(),
        asRecordedBy: AsRecordedBy,
        after,
      }),
      answers: 'Publications with how many figures each holds, and the position they are as recorded by.',
      handle: async ({ query, response }) => {
        const found = parts();
        const { limit, cursor, asRecordedBy } = query;
        if (query.after !== undefined) await found.whenApplied(query.after);
        const answer = await found.queries.publications({
          ...(limit !== undefined && { limit }),
          ...(cursor !== undefined && { cursor }),
          at: askedAt(asRecordedBy, found.recording.parts.today()),
        });
        const publications = await Promise.all(
          answer.publications.map((summary) => toldPublication(found, summary)),
        );
        sendJson(response, { ...answer, publications });
      },
    }),
    route({
      ...question,
      path: '/api/publications/{id}',
      operationId: 'publication',
      summary: 'One publication: each figure as it was published, counted again, and as it is now',
      params: OnePublication,
      query: z.strictObject({
        asRecordedBy: AsRecordedBy,
        after,
        format: z.enum(['json', 'csv']).optional(),
      }),
      answers:
        'Figures with what was published, what a recount as recorded by then comes to, what the question comes to now, and what an earlier publication said; the checkpoint that the publication is under, null while it is not yet sealed.',
      handle: async ({ params, query, response }) => {
        const found = parts();
        if (query.after !== undefined) await found.whenApplied(query.after);
        const at = askedAt(query.asRecordedBy, found.recording.parts.today());
        const answer = await found.queries.publication(params.id, at);
        if (answer === undefined) throw unknownPublication(params.id);
        const seal = sealOf(found, answer.publication);
        if (query.format !== 'csv') {
          sendJson(response, {
            ...answer,
            seal,
            publication: await toldPublication(found, answer.publication),
          });
          return;
        }
        response
          .type('text/csv; charset=utf-8')
          .setHeader('Content-Disposition', `attachment; filename="publication-${params.id}.csv"`);
        response.send(
          csvOf(
            csvHead,
            answer.figures.map((figure) => csvRow(answer, figure, seal)),
          ),
        );
      },
    }),
    route({
      ...question,
      path: '/api/publications/{id}/changes',
      operationId: 'publicationChanges',
      summary: 'Which events made the figures of a publication differ, each with its effect',
      params: OnePublication,
      query: z.strictObject({ cursor: z.string().max(40).optional(), asRecordedBy: AsRecordedBy, after }),
      answers:
        'Changes by records, register, catalogue or rules; their effects add up to the difference. What was changed and changed back is not among them.',
      handle: async ({ params, query, response }) => {
        const found = parts();
        if (query.after !== undefined) await found.whenApplied(query.after);
        const answer = await found.queries.publicationChanges({
          id: params.id,
          ...(query.cursor !== undefined && { cursor: query.cursor }),
          at: askedAt(query.asRecordedBy, found.recording.parts.today()),
        });
        if (answer === undefined) throw unknownPublication(params.id);
        sendJson(response, {
          ...answer,
          publication: await toldPublication(found, answer.publication),
          changes: await toldChanges(found, answer.changes),
        });
      },
    }),
  ];
}

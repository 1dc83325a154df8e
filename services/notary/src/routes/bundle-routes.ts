import { once } from 'node:events';
import { parseFinancialYear } from '@ledger/calendar';
import { ProblemError, route, type Route } from '@ledger/http';
import { z } from 'zod';
import { exportLog } from '../bundle/export-log';
import { exportRecord } from '../bundle/export-record';
import { figuresOf, publishedFigure, wantedYears } from '../bundle/figures';
import type { SealParts } from '../parts';

const tag = 'seals';

function yearsOf(text: string | undefined): number[] {
  return (text ?? '')
    .split(',')
    .filter((year) => year !== '')
    .map((year) => {
      const parsed = parseFinancialYear(year);
      if (parsed !== undefined) return parsed;
      throw new ProblemError(
        400,
        'INVALID_REQUEST',
        `“${year.slice(0, 20)}” is no financial year; say 2019/20.`,
      );
    });
}

/** Handing over what is proved: the whole log, or one record. */
export function bundleRoutes(parts: () => SealParts): readonly Route[] {
  return [
    route({
      method: 'get',
      path: '/api/bundle',
      operationId: 'bundle',
      summary:
        'The whole log with its checkpoints, to be verified offline: published figures, those of closed years, and of others asked for',
      tag,
      permission: 'events:read',
      query: z.strictObject({
        years: z
          .string()
          .max(400)
          .optional()
          .describe('Financial years whose figures are to be in it too, as recorded now: 2016/17,2019/20.'),
      }),
      answers: 'A bundle, to be given to ledger verify.',
      handle: async ({ query, actor, response }) => {
        const asked = yearsOf(query.years);
        const { log, notary, queries, models, audited } = parts();
        const { position: upTo } = await log.head();
        await models.whenApplied(upTo);
        const { incomplete } = await queries.standing({ position: upTo });
        // What was published is in it as it was published, whatever has become of it.
        const figures = (await queries.publishedFigures({ position: upTo })).map(publishedFigure);
        // A figure that is known to lack something is not handed out as one.
        if (!incomplete)
          for (const wanted of await wantedYears(queries, asked, upTo))
            figures.push(...(await figuresOf(queries, wanted)));
        audited(actor.id, [`bundle up to ${upTo}`]);
        response
          .type('application/octet-stream')
          .setHeader('Content-Disposition', 'attachment; filename="ledger-bundle.ndjson"');
        for await (const part of exportLog({ log, notary, upTo }, figures))
          if (!response.write(part)) await once(response, 'drain');
        response.end();
      },
    }),
    route({
      method: 'get',
      path: '/api/bundle/{stream}',
      operationId: 'recordBundle',
      summary: 'One record with the proof that it is in the sealed log; it reveals no other event',
      tag,
      permission: 'events:read',
      params: z.strictObject({
        stream: z.string().min(1).max(200).describe('For example claim-<id>, activity-<id> or ledger.'),
      }),
      answers: 'A bundle, to be given to ledger verify.',
      handle: async ({ params, actor, response }) => {
        const { log, notary, audited } = parts();
        const bundle = await exportRecord(log, notary, params.stream);
        audited(actor.id, [params.stream]);
        response
          .type('application/octet-stream')
          .setHeader('Content-Disposition', 'attachment; filename="ledger-record.ndjson"');
        response.send(Buffer.from(bundle));
      },
    }),
  ];
}

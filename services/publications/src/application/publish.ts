import {
  decidePublication,
  type AnswerToPublish,
  type CitedQuestion,
  type FigureToPublish,
} from '@ledger/domain';
import { derivedId, eventDefinitions, streamOf } from '@ledger/events';
import { askedAt } from '@ledger/http';
import { theFigure, type CitedFigure, type CitedTable } from '@ledger/projections';
import { parseRequest, type Command, type Outcome } from '@ledger/recording';
import type { PublicationParts } from '../parts';
import { PublishRequest } from './publish-request';

function figureToPublish(figure: CitedFigure): FigureToPublish {
  const { rule, standing, illustrative: _, ...said } = figure;
  return { ...said, rule: rule.id, standing: standing.status };
}

/** The question that a request is about. */
function questionOf({ ask, parameters }: PublishRequest): CitedQuestion {
  // The two belong together by the schema of the request.
  return { ask, parameters } as CitedQuestion;
}

/** The figures that a request asks for, with how complete the answer is. @throws QuestionRefusedError, ProblemError */
export async function figuresAsked(
  { queries, recording, whenUpToDate }: PublicationParts,
  request: PublishRequest,
): Promise<{ readonly table: CitedTable; readonly figures: readonly CitedFigure[] }> {
  await whenUpToDate();
  const question = questionOf(request);
  const table = await queries.citedFigures({
    question,
    at: askedAt(request.asRecordedBy, recording.parts.today()),
  });
  if (request.table === true) return { table, figures: table.figures };
  const figure = theFigure(question, table);
  return { table, figures: figure === undefined ? [] : [figure] };
}

function answerToPublish(table: CitedTable, figures: readonly CitedFigure[]): AnswerToPublish {
  return {
    position: BigInt(table.position),
    parked: table.parked,
    importing: table.importing ?? 0,
    rebuilding: table.rebuilding === true,
    figures: figures.map(figureToPublish),
  };
}

/**
 * Publishes a figure, or the figures of a table at once: each is an event of its own, so that it can be cited by itself.
 * @throws DecisionRefused, QuestionRefusedError, EventLogError
 */
export async function publish(parts: PublicationParts, command: Command): Promise<Outcome> {
  const request = parseRequest(PublishRequest, command.request);
  return parts.recording.run('publish', command, async ({ id }) => {
    const { table, figures } = await figuresAsked(parts, request);
    const { events, warnings } = decidePublication(
      request.publication,
      answerToPublish(table, figures),
      request.table === true,
    );
    const shown = figures.filter(({ value }) => value !== null);
    const writes = [
      {
        stream: streamOf('publication', derivedId('publication', id)),
        expected: 'no-stream' as const,
        events: events.map(({ type, data }, at) => ({
          id: derivedId('event', id, String(at)),
          type,
          schemaVersion: eventDefinitions[type].version,
          data,
          ...(shown[at]?.illustrative === true && { illustrative: true as const }),
        })),
      },
    ];
    return { writes, checks: [], warnings };
  });
}

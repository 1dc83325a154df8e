import { TestResult, WorksheetTest } from '@ledger/events';
import { parseRequest, type Outcome } from '@ledger/recording';
import { z } from 'zod';
import type { AssuranceParts } from '../parts';
import { decideStep, type ClaimCall, type ClaimName } from './take-step';

const FreeText = z.string().min(1).max(4000);

export const WorksheetRequest = z.strictObject({
  tests: z
    .array(
      z.strictObject({
        test: WorksheetTest,
        result: TestResult,
        effectPence: z.int().optional().describe('What the finding takes off the claim, or adds to it.'),
        note: FreeText.optional(),
      }),
    )
    .min(1)
    .max(9),
  note: FreeText.optional(),
});

/** Fills the audit worksheet of a claim in, whole; notes go to the vault. @throws DecisionRefused, EventLogError */
export async function fillWorksheet(
  parts: AssuranceParts,
  name: ClaimName,
  call: ClaimCall,
): Promise<Outcome> {
  const { tests, note } = parseRequest(WorksheetRequest, call.request);
  const { vault } = parts.recording.parts;
  const sent = typeof call.request === 'object' ? call.request : {};
  return decideStep(parts, name, { ...call, request: { step: 'test', ...sent } }, async ({ id }) => {
    const noted = async (key: string, text: string | undefined): Promise<object> =>
      text === undefined ? {} : { noteRef: await vault.putNote({ commandKey: `${id}/note/${key}`, text }) };
    const said = await Promise.all(
      tests.map(async ({ test, result, effectPence, note: text }) => ({
        test,
        result,
        ...(effectPence !== undefined && { effectPence }),
        ...(await noted(test, text)),
      })),
    );
    return { step: 'test', data: { tests: said, ...(await noted('all', note)) } };
  });
}

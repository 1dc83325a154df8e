import { may, type Actor } from '@ledger/access';
import { assuranceMoves, DecisionRefused, realisationMoves } from '@ledger/domain';
import { EvidenceSort } from '@ledger/events';
import { askedAt, ProblemError, type Page, type PageAnswer, type PageCall } from '@ledger/http';
import { stepTitle, valueInWords } from '@ledger/pages';
import { commandOfForm, proposeFrom, reasonsToChoose } from '@ledger/recording';
import { EvidenceRefusedError } from '@ledger/vault';
import { isAdjustable } from '../application/adjust-step';
import { claimSteps } from '../application/claim-steps';
import { attachEvidence } from '../application/evidence';
import { takeStep } from '../application/take-step';
import type { AssuranceParts } from '../parts';
import { toldClaim, type ToldClaim } from '../routes/told-claim';
import { wayOn } from '../routes/way-on';
import { viewerOf } from '../routes/viewing';
import { claimFormPages } from './claim-forms';
import { fieldsShown } from './fields-shown';
import { placingTitle } from './placing-pages';
import { stepForms, type StepField, type StepForm } from './step-forms';
import { mustBeReadable } from './typed-faults';

const inPounds = (pence: number | null): string => (pence === null ? '' : valueInWords('pence', pence));

/** Whether the state of a claim allows a step; what else it needs is said when it is taken. */
function isOpen({ claim }: ToldClaim, step: string): boolean {
  const moves: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
    ...assuranceMoves,
    ...realisationMoves,
  };
  const allowed = moves[step] ?? {};
  if (claim.state !== 'standing' || (step in realisationMoves && claim.assurance === 'rejected'))
    return false;
  return allowed[claim.assurance] !== undefined || allowed[claim.realisation] !== undefined;
}

/** The steps that somebody may take with a claim as it stands. */
function actionsOn(
  told: ToldClaim,
  actor: Actor,
): readonly { readonly label: string; readonly href: string }[] {
  const recurring = told.content.recurrence === 'recurring';
  const steps = stepForms.filter(({ step }) => {
    const permission = claimSteps.find((declared) => declared.step === step)?.permission ?? 'claims:audit';
    if ((step === 'confirm' || step === 'lapse') && !recurring) return false;
    if (step === 'agree-baseline' && told.baseline?.agreedBy !== null) return false;
    return may(actor, permission) && isOpen(told, step);
  });
  const at = (slug: string): string => `/claims/${told.claim.id}/${slug}`;
  return [
    ...steps.map(({ step, title }) => ({ label: title, href: at(step) })),
    ...(may(actor, 'records:write') && isOpen(told, 'attach-evidence')
      ? [{ label: 'Attach evidence', href: at('evidence') }]
      : []),
    ...(may(actor, 'records:write') && told.claim.state === 'standing'
      ? [{ label: placingTitle, href: at('make-part-of') }]
      : []),
  ];
}

function rowsOfYears({ claim }: ToldClaim): readonly Readonly<Record<string, string>>[] {
  return claim.years.map((one) => ({
    year: one.year,
    estimated: inPounds(one.estimatedPence),
    delivered: inPounds(one.deliveredPence),
    cost: inPounds(one.costPence),
    net: inPounds(one.netPence),
    attributed: inPounds(one.attributedPence),
    verified: inPounds(one.verifiedPence),
    reason: (one.reason ?? '').replaceAll('-', ' '),
    qualifier: one.qualifier ?? '',
  }));
}

async function claimPage(parts: AssuranceParts, { params, query, actor }: PageCall): Promise<PageAnswer> {
  if (query['after'] !== undefined) await parts.whenApplied(query['after']);
  const at = askedAt(query['asRecordedBy'], parts.recording.parts.today());
  const told = await toldClaim(parts, actor, params['id'] ?? '', at);
  const { next, blockers, overlaps } = await wayOn(parts, actor, told, at);
  const share = told.baseline?.said.attributionHundredths;
  return {
    view: 'claim',
    context: {
      told,
      years: rowsOfYears(told),
      undivided: told.claim.undivided.map((one) => ({ ...one, shown: inPounds(one.pence) })),
      next,
      blockers,
      overlaps,
      actions: query['asRecordedBy'] === undefined ? actionsOn(told, actor) : [],
      mayAudit: may(actor, 'claims:audit'),
      mayTest: may(actor, 'claims:audit') && isOpen(told, 'test'),
      worksheet: (told.worksheet?.tests ?? []).map(({ test, result, effectPence = 0, note }) => ({
        test,
        result,
        note,
        effect: effectPence === 0 ? '' : inPounds(effectPence),
      })),
      mayOpen: may(actor, 'evidence:read'),
      baseline: told.baseline && {
        ...told.baseline,
        value: inPounds(told.baseline.said.valuePence),
        years: [told.baseline.said.fromYear, told.baseline.said.toYear].map((year) =>
          valueInWords('year', year),
        ),
        share: share === undefined ? null : valueInWords('shareHundredths', share),
      },
      steps: told.history.map((step) => ({ ...step, title: stepTitle(step.type) })),
    },
  };
}

function stepPages(parts: () => AssuranceParts, form: StepForm): readonly Page[] {
  const declared = claimSteps.find(({ step }) => step === form.step);
  if (declared === undefined) throw new RangeError(`There is no step ${form.step}`);
  return claimFormPages(parts, {
    path: `/claims/{id}/${form.step}`,
    permission: declared.permission,
    view: 'claim-step',
    fields: (told) => form.fields(told).map(({ name }) => name),
    shown: ({ told, values, errors, closed }) => ({
      form,
      fields: fieldsShown(form.fields(told), values, errors),
      // Why it comes now is asked where it is refused for nothing else, and again where it was not said.
      adjustable: isAdjustable(form.step) && (closed || values['step'] === 'propose'),
      reasons: reasonsToChoose,
      questions: form.step === 'answer' ? told.thread.filter(({ answer }) => answer === null) : [],
    }),
    ...(isAdjustable(form.step) && {
      propose: async (call, id) => {
        const told = await toldClaim(parts(), call.actor, id);
        mustBeReadable(form.fields(told), call.form);
        const request = form.request(call.form, told);
        return proposeFrom(parts(), call.actor, call.form, {
          do: 'claim-step',
          claim: id,
          step: form.step,
          ...request,
        });
      },
    }),
    send: async (call, id) => {
      const found = parts();
      const told = await toldClaim(found, call.actor, id);
      mustBeReadable(form.fields(told), call.form);
      const command = commandOfForm(call.actor, call.form, form.request(call.form, told));
      const name = { id, ifMatch: call.form['revision'] };
      const asAuditor = declared.permission === 'claims:audit';
      return takeStep(found, name, declared, { ...command, asAuditor });
    },
  });
}

const evidenceFields: readonly StepField[] = [
  { name: 'title', label: 'What it is', hint: 'A short label. Do not name a person.', kind: 'text' },
  { name: 'sort', label: 'Sort', kind: 'choice', options: EvidenceSort.options },
  { name: 'dated', label: 'The day it bears (optional)', hint: 'As 2020-04-30', kind: 'text' },
];

/** A file that is not taken is a fault of the form like any other. @throws DecisionRefused */
async function attached<T>(attaching: Promise<T>): Promise<T> {
  try {
    return await attaching;
  } catch (error) {
    if (!(error instanceof EvidenceRefusedError)) throw error;
    throw new DecisionRefused([{ code: error.code, path: error.path, message: error.message }]);
  }
}

function evidencePages(parts: () => AssuranceParts): readonly Page[] {
  return claimFormPages(parts, {
    path: '/claims/{id}/evidence',
    permission: 'records:write',
    takesFile: true,
    view: 'claim-evidence',
    fields: () => ['file', ...evidenceFields.map(({ name }) => name)],
    shown: ({ values, errors }) => ({ fields: fieldsShown(evidenceFields, values, errors) }),
    send: async ({ file, form, actor }, id) => {
      if (file === undefined)
        throw new DecisionRefused([{ code: 'missing', path: 'file', message: 'choose a file' }]);
      const { title, sort, dated } = form;
      const request = { title, sort, ...(dated !== undefined && { dated }) };
      const command = { ...commandOfForm(actor, form, request), asAuditor: false };
      return attached(attachEvidence(parts(), { id }, command, file));
    },
  });
}

/** The worklist, each claim, and a form for every step. */
export function claimPages(parts: () => AssuranceParts): readonly Page[] {
  return [
    {
      method: 'get',
      path: '/claims',
      permission: 'records:read',
      show: async ({ query, actor }) => {
        const found = parts();
        const { assurance, cursor } = query;
        if (cursor !== undefined && !/^\d{1,15}$/.test(cursor))
          throw new ProblemError(
            400,
            'INVALID_QUESTION',
            'The cursor is none of this ledger’s; start at /claims.',
          );
        const viewer = viewerOf(actor);
        const page = await found.queries.claims({
          viewer,
          ...(assurance !== undefined && { assurance }),
          ...(cursor !== undefined && { cursor }),
        });
        const today = found.recording.parts.today();
        const { confirmations } = await found.queries.confirmations({ viewer, today });
        return {
          view: 'claims',
          context: {
            page,
            assurance,
            confirmations,
            today,
            next:
              page.next === null
                ? null
                : `/claims?${new URLSearchParams({ ...query, cursor: page.next }).toString()}`,
          },
        };
      },
    },
    {
      method: 'get',
      path: '/claims/{id}',
      permission: 'records:read',
      show: (call) => claimPage(parts(), call),
    },
    ...evidencePages(parts),
    ...stepForms.flatMap((form) => stepPages(parts, form)),
  ];
}

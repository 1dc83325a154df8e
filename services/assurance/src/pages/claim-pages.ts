import { randomUUID } from 'node:crypto';
import { may, type Actor } from '@ledger/access';
import { assuranceMoves, DecisionRefused, realisationMoves } from '@ledger/domain';
import { EvidenceSort } from '@ledger/events';
import { ProblemError, type Fields, type Page, type PageAnswer, type PageCall } from '@ledger/http';
import { stepTitle, valueInWords } from '@ledger/pages';
import type { ClaimOverlaps } from '@ledger/projections';
import { commandOfForm } from '@ledger/recording';
import { EvidenceRefusedError } from '@ledger/vault';
import { claimSteps } from '../application/claim-steps';
import { attachEvidence } from '../application/evidence';
import { takeStep } from '../application/take-step';
import type { AssuranceParts } from '../parts';
import { toldClaim, type ToldClaim } from '../routes/told-claim';
import { askedAt, viewerOf } from '../routes/viewing';
import { afterwards, formErrors, type FormError } from './parts';
import { nextSteps, stepForms, type StepField, type StepForm } from './step-forms';

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
  ];
}

/** What stands in the way of verifying a claim, in sentences. */
function blockersOf(told: ToldClaim, { overlaps }: ClaimOverlaps): readonly string[] {
  const blocking = overlaps.filter((one) => one.blocking).length;
  return [
    ...told.missing.map(({ message }) => message),
    ...(told.baseline !== null && told.baseline.agreedBy === null ? ['the baseline is not agreed'] : []),
    ...told.evidence.flatMap(({ title, state }) =>
      state === 'kept' ? [] : [`the evidence “${title}” is ${state}`],
    ),
    ...told.thread.flatMap(({ answer, due }) =>
      answer === null ? [`a question is open, due on ${due}`] : [],
    ),
    ...(told.worksheet?.grade === 'insufficient' ? ['its worksheet comes to insufficient'] : []),
    ...(blocking === 0
      ? []
      : [`${blocking} other ${blocking === 1 ? 'claim' : 'claims'} may count the same gain`]),
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
  const overlaps = await parts.queries.claimOverlaps(told.claim.id, viewerOf(actor), at);
  const share = told.baseline?.said.attributionHundredths;
  return {
    view: 'claim',
    context: {
      told,
      years: rowsOfYears(told),
      undivided: told.claim.undivided.map((one) => ({ ...one, shown: inPounds(one.pence) })),
      next: nextSteps[told.claim.assurance],
      blockers: blockersOf(told, overlaps),
      overlaps: overlaps.overlaps,
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

/** Fields as the macros of forms take them. */
function fieldsShown(
  fields: readonly StepField[],
  values: Fields,
  errors: readonly FormError[],
): readonly Readonly<Record<string, unknown>>[] {
  return fields.map((field) => ({
    ...field,
    id: field.name,
    value: values[field.name] ?? '',
    error: errors.find((error) => error.field === field.name)?.text ?? null,
    options: (field.options ?? []).map((value) => ({ group: '', value, label: value.replaceAll('-', ' ') })),
  }));
}

function stepPages(parts: () => AssuranceParts, form: StepForm): readonly Page[] {
  const declared = claimSteps.find(({ step }) => step === form.step);
  if (declared === undefined) throw new RangeError(`There is no step ${form.step}`);
  const show = async (call: PageCall, errors: readonly FormError[]): Promise<PageAnswer> => {
    const told = await toldClaim(parts(), call.actor, call.params['id'] ?? '');
    const values = { key: randomUUID(), revision: told.revision, ...call.form };
    return {
      view: 'claim-step',
      context: {
        form,
        told,
        errors,
        values,
        fields: fieldsShown(form.fields(told), values, errors),
        questions: form.step === 'answer' ? told.thread.filter(({ answer }) => answer === null) : [],
      },
      ...(errors.length > 0 && { status: 422 }),
    };
  };
  const path = `/claims/{id}/${form.step}`;
  const { permission } = declared;
  return [
    { method: 'get', path, permission, show: (call) => show(call, []) },
    {
      method: 'post',
      path,
      permission,
      show: async (call) => {
        const found = parts();
        const id = call.params['id'] ?? '';
        const told = await toldClaim(found, call.actor, id);
        const command = commandOfForm(call.actor, call.form, form.request(call.form, told));
        try {
          const asAuditor = permission === 'claims:audit';
          const name = { id, ifMatch: call.form['revision'] };
          const { cursor } = await takeStep(found, name, declared, { ...command, asAuditor });
          return { redirect: afterwards(`/claims/${id}`, cursor) };
        } catch (error) {
          if (!(error instanceof DecisionRefused)) throw error;
          return show(call, formErrors(error.faults, new Set(form.fields(told).map(({ name }) => name))));
        }
      },
    },
  ];
}

const evidenceFields: readonly StepField[] = [
  { name: 'title', label: 'What it is', hint: 'A short label. Do not name a person.', kind: 'text' },
  { name: 'sort', label: 'Sort', kind: 'choice', options: EvidenceSort.options },
  { name: 'dated', label: 'The day it bears (optional)', hint: 'As 2020-04-30', kind: 'text' },
];

function evidencePages(parts: () => AssuranceParts): readonly Page[] {
  const show = async (call: PageCall, errors: readonly FormError[]): Promise<PageAnswer> => {
    const told = await toldClaim(parts(), call.actor, call.params['id'] ?? '');
    const values = { key: randomUUID(), ...call.form };
    return {
      view: 'claim-evidence',
      context: { told, errors, values, fields: fieldsShown(evidenceFields, values, errors) },
      ...(errors.length > 0 && { status: 422 }),
    };
  };
  const path = '/claims/{id}/evidence';
  return [
    { method: 'get', path, permission: 'records:write', show: (call) => show(call, []) },
    {
      method: 'post',
      path,
      permission: 'records:write',
      takesFile: true,
      show: async (call) => {
        const { file, form, actor, params } = call;
        if (file === undefined) return show(call, [{ text: 'Choose a file', field: 'file' }]);
        const id = params['id'] ?? '';
        const { title, sort, dated } = form;
        const request = { title, sort, ...(dated !== undefined && { dated }) };
        const command = { ...commandOfForm(actor, form, request), asAuditor: false };
        try {
          const { cursor } = await attachEvidence(parts(), { id }, command, file);
          return { redirect: afterwards(`/claims/${id}`, cursor) };
        } catch (error) {
          if (error instanceof EvidenceRefusedError)
            return show(
              call,
              formErrors([{ code: error.code, path: error.path, message: error.message }], new Set(['file'])),
            );
          if (!(error instanceof DecisionRefused)) throw error;
          return show(call, formErrors(error.faults, new Set(evidenceFields.map(({ name }) => name))));
        }
      },
    },
  ];
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

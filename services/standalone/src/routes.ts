import { join } from 'node:path';
import type { OidcSignIn } from '@ledger/access';
import { assurancePages, claimCommands, claimRoutes, type AssuranceParts } from '@ledger/assurance';
import {
  FormTokens,
  pageRouterOf,
  ProblemError,
  routerOf,
  type OnDenied,
  type Page,
  type Route,
} from '@ledger/http';
import { bundleRoutes, sealPages, sealRoutes, type SealParts } from '@ledger/notary';
import { nameOfPerson, pagesAboutPeople, routesAboutPeople, Users, type PeopleParts } from '@ledger/people';
import { formPages, recordingRoutes, type RecordingPagesParts } from '@ledger/recording';
import { reportingPages, reportingRoutes, type ReportingParts } from '@ledger/reporting';
import type { Router } from 'express';
import type { OpenLedger } from './open-ledger';
import { rebuildRoutes } from './rebuild-routes';
import { shellOf } from './shell';
import { upkeepRoutes } from './upkeep-routes';

/** How long a question waits for a write to be applied. */
const longestWaitMs = 5000;

async function waitFor({ log, models }: OpenLedger, cursor: string): Promise<void> {
  const position = await log.positionOfCursor(cursor);
  const { position: head } = await log.head();
  if (position > head)
    throw new ProblemError(
      400,
      'INVALID_CURSOR',
      `The cursor is beyond the end of the ledger, which is at position ${head}.`,
    );
  try {
    await models.whenApplied(position, AbortSignal.timeout(longestWaitMs));
  } catch {
    throw new ProblemError(
      503,
      'NOT_APPLIED_YET',
      models.rebuilding
        ? `What was recorded is kept. A read model is being rebuilt for this release; until that is done, answers stand at position ${models.applied}, before position ${position}. Ask again soon.`
        : `Answers have reached position ${models.applied}, not ${position} yet. Ask again soon.`,
      {
        headers: { 'Retry-After': '1' },
      },
    );
  }
}

const peopleOf = new WeakMap<OpenLedger, PeopleParts>();

/** The parts of the routes about people, made once for a ledger: limits on signing in count over requests. */
function peopleParts(open: OpenLedger, oidc: OidcSignIn | undefined, secure: boolean): PeopleParts {
  const known = peopleOf.get(open);
  if (known !== undefined) return known;
  const { log, vault, audit, accounts, retention, folder, models } = open;
  const made: PeopleParts = {
    log,
    vault,
    audit,
    accounts,
    erasuresFile: join(folder, 'erasures.jsonl'),
    periods: retention,
    now: Date.now,
    users: accounts && new Users({ vault, accounts, audit }),
    oidc,
    programmes: async () => {
      const { position } = await log.head();
      const { programmes } = await models.reference.catalogue(position);
      return new Map([...programmes.values()].map(({ id, label }) => [id, label]));
    },
    secure,
  };
  peopleOf.set(open, made);
  return made;
}

/** Everything that the standalone server answers to, before it is told which ledger. */
export interface AllRoutes {
  readonly commands: readonly Route[];
  readonly questions: readonly Route[];
  readonly pages: readonly Page[];
  /** Routers of routes and pages, each behind its permission. */
  readonly routers: (denied: OnDenied) => readonly Router[];
}

/** Brings the services' routes and pages together; `open` throws while the ledger is not ready. */
export function allRoutes(
  open: () => OpenLedger,
  { oidc, secure }: { readonly oidc: () => OidcSignIn | undefined; readonly secure: boolean },
): AllRoutes {
  const nameOf = (id: string): Promise<string> => nameOfPerson(open().vault, id);
  const reporting = (): ReportingParts => {
    const found = open();
    return {
      queries: found.queries,
      parkedEvents: () => found.models.parkedEvents(),
      today: found.today,
      whenApplied: (cursor) => waitFor(found, cursor),
      note: (reference) => found.vault.readNote(reference),
      nameOf,
      audited: (actor, what, about) => found.audit.add({ actor: actor.id, what, about }),
    };
  };
  const recording = (): RecordingPagesParts => ({
    recording: open().recording,
    nameOf,
    audited: (actor, about) => open().audit.add({ actor: actor.id, what: 'people-searched', about }),
  });
  const assurance = (): AssuranceParts => {
    const found = open();
    return {
      recording: found.recording,
      queries: found.queries,
      whenApplied: (cursor) => waitFor(found, cursor),
      whenUpToDate: async () => waitFor(found, (await found.log.head()).cursor),
      nameOf,
      audited: (actor, about) => found.audit.add({ actor: actor.id, what: 'evidence-read', about }),
      scan: found.scan,
    };
  };
  const people = (): PeopleParts => peopleParts(open(), oidc(), secure);
  const seals = (): SealParts => {
    const { notary, log, queries, models, audit } = open();
    const audited = (actor: string, about: readonly string[]): void =>
      audit.add({ actor, what: 'records-exported', about });
    return { notary, log, queries, models, audited };
  };
  const commands = [...recordingRoutes(() => open().recording), ...claimCommands(assurance)];
  const questions = [
    ...reportingRoutes(reporting),
    ...claimRoutes(assurance),
    ...routesAboutPeople(people),
    ...upkeepRoutes(open),
    ...rebuildRoutes(open),
    ...sealRoutes(seals),
    ...bundleRoutes(seals),
  ];
  const ofPages = [
    reportingPages(reporting),
    formPages(recording),
    assurancePages(assurance),
    pagesAboutPeople(people),
    sealPages(seals),
  ];
  const tokens = new FormTokens(secure);
  const shell = shellOf(open);
  return {
    commands,
    questions,
    pages: ofPages.flatMap(({ pages }) => pages),
    routers: (denied) => [
      routerOf([...commands, ...questions], denied),
      ...ofPages.map(({ pages, render }) => pageRouterOf(pages, { render, shell, tokens, denied })),
    ],
  };
}

import { join } from 'node:path';
import type { OidcSignIn } from '@ledger/access';
import { assurancePages, claimCommands, claimRoutes, type AssuranceParts } from '@ledger/assurance';
import {
  type FormTokens,
  pageRouterOf,
  ProblemError,
  routerOf,
  type OnDenied,
  type Page,
  type Route,
} from '@ledger/http';
import { bundleRoutes, sealPages, sealRoutes, type SealParts } from '@ledger/notary';
import { nameOfPerson, pagesAboutPeople, routesAboutPeople, Users, type PeopleParts } from '@ledger/people';
import {
  pagesOfPublications,
  publicationCommands,
  publicationRoutes,
  type PublicationParts,
} from '@ledger/publications';
import { formPages, recordingRoutes, type RecordingPagesParts } from '@ledger/recording';
import { reportingPages, reportingRoutes, type ReportingParts } from '@ledger/reporting';
import type { Router } from 'express';
import type { OpenLedger } from './open-ledger';
import { rebuildRoutes } from './rebuild-routes';
import type { AskedLedger, RecordingLedger } from './served-ledger';
import { shellOf } from './shell';
import { upkeepRoutes } from './upkeep-routes';

/** How long a question waits for a write to be applied. */
const longestWaitMs = 5000;

async function waitFor({ log, models }: AskedLedger, cursor: string): Promise<void> {
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

const peopleOf = new WeakMap<RecordingLedger, PeopleParts>();

/** The parts of the routes about people, made once for a ledger: limits on signing in count over requests. */
function peopleParts(open: RecordingLedger, oidc: OidcSignIn | undefined, secure: boolean): PeopleParts {
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

/** The pages of one service, with what renders them. */
type PagesOf = Pick<ReturnType<typeof reportingPages>, 'pages' | 'render'>;

/** What services answer to, before it is told which ledger. */
export interface Served {
  readonly commands: readonly Route[];
  readonly questions: readonly Route[];
  readonly ofPages: readonly PagesOf[];
}

/** How those who use a ledger reach it. */
export interface Reached {
  readonly oidc: () => OidcSignIn | undefined;
  /** Whether over HTTPS alone. */
  readonly secure: boolean;
}

/** Questions, over HTTP and as pages; `open` throws while the ledger is not ready. */
export function servedQuestions(open: () => AskedLedger): Served {
  const reporting = (): ReportingParts => {
    const found = open();
    return {
      queries: found.models.queries,
      parkedEvents: () => found.models.parkedEvents(),
      today: found.today,
      whenApplied: (cursor) => waitFor(found, cursor),
      note: (reference) => found.vault.readNote(reference),
      nameOf: (id) => nameOfPerson(found.vault, id),
      audited: (actor, what, about) => found.audit.add({ actor: actor.id, what, about }),
    };
  };
  return { commands: [], questions: reportingRoutes(reporting), ofPages: [reportingPages(reporting)] };
}

/** Commands, and all that needs the log's writer or who may sign in; `open` throws while the ledger is not ready. */
export function servedCommands(open: () => RecordingLedger, { oidc, secure }: Reached): Served {
  const nameOf = (id: string): Promise<string> => nameOfPerson(open().vault, id);
  const recording = (): RecordingPagesParts => ({
    recording: open().recording,
    nameOf,
    audited: (actor, about) => open().audit.add({ actor: actor.id, what: 'people-searched', about }),
  });
  const publications = (): PublicationParts => {
    const found = open();
    return {
      recording: found.recording,
      queries: found.queries,
      whenApplied: (cursor) => waitFor(found, cursor),
      whenUpToDate: async () => waitFor(found, (await found.log.head()).cursor),
      sealOver: (position) => found.notary.sealOver(position),
      nameOf,
    };
  };
  const assurance = (): AssuranceParts => {
    const { audit, scan } = open();
    return {
      ...publications(),
      audited: (actor, about) => audit.add({ actor: actor.id, what: 'evidence-read', about }),
      scan,
    };
  };
  const people = (): PeopleParts => peopleParts(open(), oidc(), secure);
  const seals = (): SealParts => {
    const { notary, log, queries, models, audit } = open();
    const audited = (actor: string, about: readonly string[]): void =>
      audit.add({ actor, what: 'records-exported', about });
    return { notary, log, queries, models, audited };
  };
  return {
    commands: [
      ...recordingRoutes(() => open().recording),
      ...claimCommands(assurance),
      ...publicationCommands(publications),
    ],
    questions: [
      ...claimRoutes(assurance),
      ...publicationRoutes(publications),
      ...routesAboutPeople(people),
      ...upkeepRoutes(open),
      ...sealRoutes(seals),
      ...bundleRoutes(seals),
    ],
    ofPages: [
      formPages(recording),
      assurancePages(assurance),
      pagesOfPublications(publications),
      pagesAboutPeople(people),
      sealPages(seals),
    ],
  };
}

/** Everything that the standalone server answers to. */
export function allRoutes(
  open: () => OpenLedger,
  reached: Reached,
): Served & { readonly pages: readonly Page[] } {
  const [asked, commanded] = [servedQuestions(open), servedCommands(open, reached)];
  const ofPages = [...asked.ofPages, ...commanded.ofPages];
  return {
    commands: commanded.commands,
    questions: [...asked.questions, ...commanded.questions, ...rebuildRoutes(open)],
    ofPages,
    pages: ofPages.flatMap(({ pages }) => pages),
  };
}

/** Routers of what is served, each route and page behind its permission. */
export function routersOf(
  { commands, questions, ofPages }: Served,
  open: () => AskedLedger,
  { denied, tokens }: { readonly denied: OnDenied; readonly tokens: FormTokens },
): readonly Router[] {
  const shell = shellOf(open);
  return [
    routerOf([...commands, ...questions], denied),
    ...ofPages.map(({ pages, render }) => pageRouterOf(pages, { render, shell, tokens, denied })),
  ];
}

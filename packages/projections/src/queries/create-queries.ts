import { financialYearLabel } from '@ledger/calendar';
import { existsOn, nameOn } from '@ledger/councils';
import { countingRule, type MappedFigure } from '@ledger/domain';
import type { EventLog } from '@ledger/event-log';
import type { ReadStore } from '@ledger/read-store';
import type { ProjectedStores } from '../runtime/projected-stores';
import { adjustments } from './adjustments/adjustments';
import { annualTotals } from './annual-totals/annual-totals';
import { sumOfMeasures } from './annual-totals/sum-of-measures';
import type { LedgerQueries } from './answers';
import { Asking } from './asking';
import { citedFigures } from './citations/cited-figures';
import { citedWithStanding } from './citations/cited-with-standing';
import { claim } from './claims/claim';
import { claimSample } from './claims/claim-sample';
import { claims } from './claims/claims';
import { confirmations } from './claims/confirmations';
import { openQueries } from './claims/open-queries';
import { claimOverlaps } from './claims/overlaps';
import { CountedFigures } from './counted-figures';
import { deliverables } from './deliverables/deliverables';
import { changesAfterClose } from './changes-after-close/changes-after-close';
import { explain } from './explain/explain';
import { figure } from './figures/figure';
import { figureChecks } from './figures/figure-checks';
import { publicationChanges } from './publications/publication-changes';
import { publication, publications } from './publications/publications';
import { publishedFacts } from './publications/published-facts';
import { PublishedFigures } from './published-figures';
import { quarterlyTotals } from './quarterly-totals/quarterly-totals';
import { duplicates } from './records/duplicates';
import { periods } from './periods/periods';
import { withStanding } from './periods/with-standing';
import { record, records } from './records/records';
import { bridge } from './savings-tables/bridge';
import { gainsTable } from './savings-tables/gains-table';
import { savingsTable } from './savings-tables/savings-table';
import type { SummedGains } from './savings-tables/summed-gains';
import { takeUp } from './take-up/take-up';

/** The queries of one read store; `figures` maps published figures to questions. */
export function createQueries(parts: {
  /** One store for everything, or one for each projection. */
  readonly store: ReadStore | ProjectedStores;
  readonly log: Pick<EventLog, 'positionAt' | 'readPage' | 'readStream'>;
  readonly figures: readonly MappedFigure[];
  /** Whether answers may come from the old version of a projection whose code has changed. */
  readonly rebuilding?: () => boolean;
}): LedgerQueries {
  const asking = new Asking(parts.store, parts.log, parts.rebuilding);
  const published = new PublishedFigures(asking.records, parts.log, parts.figures);
  const sums = new CountedFigures<SummedGains>(asking.lines.index);
  const plain: LedgerQueries = {
    standing: async (at) => (await asking.ground(at)).answered,
    annualTotals: (question) => annualTotals(asking, published, question),
    quarterlyTotals: (question) => quarterlyTotals(asking, question),
    sum: (question) => sumOfMeasures(asking, question),
    citedFigures: (question) => citedFigures(plain, question),
    publications: (question) => publications(asking, question),
    publishedFigures: async (at) =>
      publishedFacts(await asking.publicationFacts((await asking.ground(at)).position)),
    publication: (id, at) => publication({ asking, queries: plain }, id, at),
    publicationChanges: (question) => publicationChanges({ asking, queries: plain }, question),
    yearsWithRecords: async (at) => {
      const { upTo } = await asking.ground(at);
      return (await asking.lines.yearsWithLines(upTo)).map(financialYearLabel);
    },
    savings: (question) => savingsTable({ asking, published, kept: sums }, question),
    gainsTable: (question) => gainsTable(asking, published, question),
    bridge: (question) => bridge(asking, question),
    takeUp: (question) => takeUp(asking, published, question),
    deliverables: (question) => deliverables(asking, question),
    figure: (id, at) => figure(asking, published, id, at),
    figureCoverage: async () => published.coverage(Number(await asking.applied())),
    explain: (question) => explain(asking, question),
    measures: async (at) => {
      const { catalogue } = await asking.ground(at);
      return [...catalogue.measures.values()].map(({ id, label, unit, kind, rule, addsWith = null }) => ({
        id,
        label,
        unit,
        kind,
        rule: { id: rule, words: countingRule(rule)?.words ?? 'This release does not have the rule.' },
        addsWith,
      }));
    },
    offers: async (at) => {
      const { catalogue } = await asking.ground(at);
      const labelled = (
        found: { id: string; label: string } | undefined,
        id: string,
      ): { id: string; label: string } => ({
        id,
        label: found?.label ?? id,
      });
      return [...catalogue.offers.values()].map(
        ({ id, label, programme, savingsArea, peerChallenge, restricted, countedLevel }) => {
          const ofProgramme = catalogue.programmes.get(programme);
          const theme = ofProgramme?.theme ?? '';
          return {
            id,
            label,
            programme: labelled(ofProgramme, programme),
            theme: labelled(catalogue.themes.get(theme), theme),
            savingsArea:
              savingsArea === null ? null : labelled(catalogue.savingsAreas.get(savingsArea), savingsArea),
            peerChallenge,
            restricted,
            countedLevel,
          };
        },
      );
    },
    records: (question) => records(asking, question),
    record: (kind, id, viewer, at) => record(asking, kind, id, viewer, at),
    claims: (question) => claims(asking, question),
    claim: (id, viewer, at) => claim(asking, id, viewer, at),
    confirmations: (question) => confirmations(asking, question),
    openQueries: (question) => openQueries(asking, question),
    claimSample: (question) => claimSample(asking, question),
    claimOverlaps: (id, viewer, at) => claimOverlaps(asking, id, viewer, at),
    figureChecks: (at) => figureChecks(asking, published, at),
    duplicates: (question) => duplicates(asking, question),
    adjustments: (question) => adjustments(asking, question),
    changesAfterClose: (question) => changesAfterClose({ asking, queries: plain, published }, question),
    periods: (at) => periods(asking, at),
    bodyName: async (id) => (await asking.ground()).register.body(id)?.name ?? id,
    councils: async ({ on, at }) => {
      const { register } = await asking.ground(at);
      return [...register.bodies()]
        .filter((body) => body.kind === 'council' && existsOn(body, on))
        .map((body) => ({
          id: body.id,
          name: nameOn(body, on),
          kind: body.kind,
          type: body.type,
          region: body.region,
          control: register.controlOn(body.id, on),
          from: body.from,
          until: body.until,
          codes: body.codes.map(({ system, code }) => ({ system, code })),
        }));
    },
  };
  const standing = withStanding(plain, asking, published);
  return { ...standing, citedFigures: citedWithStanding(standing, asking) };
}

import type { LedgerQueries } from '../queries/answers';

/** The questions, each put to whatever `ask` takes them to when it is asked. */
export function queriesVia(
  ask: <T>(question: (queries: LedgerQueries) => Promise<T>) => Promise<T>,
): LedgerQueries {
  return {
    standing: (at) => ask((queries) => queries.standing(at)),
    annualTotals: (question) => ask((queries) => queries.annualTotals(question)),
    quarterlyTotals: (question) => ask((queries) => queries.quarterlyTotals(question)),
    sum: (question) => ask((queries) => queries.sum(question)),
    citedFigures: (question) => ask((queries) => queries.citedFigures(question)),
    publications: (question) => ask((queries) => queries.publications(question)),
    publishedFigures: (at) => ask((queries) => queries.publishedFigures(at)),
    publication: (id, at) => ask((queries) => queries.publication(id, at)),
    publicationChanges: (question) => ask((queries) => queries.publicationChanges(question)),
    yearsWithRecords: (at) => ask((queries) => queries.yearsWithRecords(at)),
    savings: (question) => ask((queries) => queries.savings(question)),
    takeUp: (question) => ask((queries) => queries.takeUp(question)),
    deliverables: (question) => ask((queries) => queries.deliverables(question)),
    figure: (id, at) => ask((queries) => queries.figure(id, at)),
    figureCoverage: () => ask((queries) => queries.figureCoverage()),
    explain: (question) => ask((queries) => queries.explain(question)),
    measures: (at) => ask((queries) => queries.measures(at)),
    offers: (at) => ask((queries) => queries.offers(at)),
    records: (question) => ask((queries) => queries.records(question)),
    record: (kind, id, viewer, at) => ask((queries) => queries.record(kind, id, viewer, at)),
    claims: (question) => ask((queries) => queries.claims(question)),
    claim: (id, viewer, at) => ask((queries) => queries.claim(id, viewer, at)),
    claimOverlaps: (id, viewer, at) => ask((queries) => queries.claimOverlaps(id, viewer, at)),
    figureChecks: (at) => ask((queries) => queries.figureChecks(at)),
    confirmations: (question) => ask((queries) => queries.confirmations(question)),
    gainsTable: (question) => ask((queries) => queries.gainsTable(question)),
    bridge: (question) => ask((queries) => queries.bridge(question)),
    openQueries: (question) => ask((queries) => queries.openQueries(question)),
    claimSample: (question) => ask((queries) => queries.claimSample(question)),
    duplicates: (question) => ask((queries) => queries.duplicates(question)),
    adjustments: (question) => ask((queries) => queries.adjustments(question)),
    changesAfterClose: (question) => ask((queries) => queries.changesAfterClose(question)),
    periods: (at) => ask((queries) => queries.periods(at)),
    bodyName: (id) => ask((queries) => queries.bodyName(id)),
    councils: (question) => ask((queries) => queries.councils(question)),
  };
}

import { initialMeasures } from '@ledger/domain';
import { streamOf, type EventData } from '@ledger/events';
import type { HistoryWriter } from './history-writer';
import { someYear } from './spans';
import { historyOffers, historyProgrammes, historySavingsAreas } from './world';

/** Themes, programmes, savings areas, offers and all first measures. */
export function declareCatalogue(writer: HistoryWriter): void {
  const { random } = writer;
  writer.say(streamOf('theme', 'improvement'), 'ThemeDeclared', { label: 'Improvement' });
  for (const programme of historyProgrammes)
    writer.say(streamOf('programme', programme), 'ProgrammeDeclared', {
      label: programme,
      theme: 'improvement',
    });
  historySavingsAreas.forEach((area, at) =>
    writer.say(streamOf('savings-area', area), 'SavingsAreaDeclared', { label: area, order: at + 1 }),
  );
  for (const offer of historyOffers)
    writer.say(streamOf('offer', offer), 'OfferDeclared', {
      label: offer,
      programme: random.pick(historyProgrammes),
      ...(random.percent(70) && { savingsArea: random.pick(historySavingsAreas) }),
      ...(offer.endsWith('peer-challenge') && { peerChallenge: true }),
    });
  for (const { id, ...declared } of initialMeasures)
    writer.say(streamOf('measure', id), 'MeasureDeclared', declared);
}

/** A measure of our own, that reads the catalogue; declared again it has another selection. */
function declareMeasure(writer: HistoryWriter): void {
  const { random } = writer;
  const selections: readonly EventData<'MeasureDeclared'>['parameters'][] = [
    { kinds: ['activity'], peerChallenge: true },
    { kinds: ['activity'], peerChallenge: false },
    { kinds: ['activity'], programmes: ['leadership'] },
    { kinds: ['activity'], offers: ['shared-services', 'leadership-academy'] },
  ];
  writer.say(streamOf('measure', 'activities-of-some'), 'MeasureDeclared', {
    label: 'Activities of some offers',
    unit: 'activity',
    kind: 'flow',
    rule: 'count-things/1',
    parameters: random.pick(selections),
  });
}

/** Something about the catalogue changes: no record does. */
export function changeCatalogue(writer: HistoryWriter): void {
  const { random } = writer;
  const offer = random.pick(historyOffers);
  random.weighted<() => void>([
    [
      5,
      () =>
        writer.say(streamOf('offer', offer), 'OfferMoved', {
          programme: random.pick(historyProgrammes),
          ...(random.percent(60) && { savingsArea: random.pick(historySavingsAreas) }),
        }),
    ],
    [1, () => writer.say(streamOf('offer', offer), 'OfferRenamed', { label: `${offer} anew` })],
    [
      1,
      () =>
        writer.say(streamOf('offer', offer), 'RecordsDeclaredComplete', {
          year: someYear(random),
          complete: random.percent(70),
        }),
    ],
    [3, () => declareMeasure(writer)],
  ])();
}

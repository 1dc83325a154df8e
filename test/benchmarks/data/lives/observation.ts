import { streamOf, type LedgerEvent } from '@ledger/events';
import { dateOf, recordedOn } from '../days';
import { correction, fateOf, monthsLater, withdrawal, type Life, type LifeParts, type Step } from './life';

const metrics = [
  'lg-inform-users',
  'web-visits',
  'bulletin-subscribers',
  'vacancies',
  'apprentices-in-post',
  'agency-spend',
  'calls-answered-online',
  'homes-enabled',
  'days-lost-to-sickness',
  'consultancy-spend',
] as const;

/** What a body had of an offer before the ledger: without it no challenge is anybody's first. */
function earlier({ setting, random }: LifeParts): LedgerEvent {
  const body = setting.council(random.below(setting.bodies.councils.length), 0).id;
  const offer = random.pick(setting.offers.challenges);
  const source = 'List kept before the ledger';
  return {
    type: 'EarlierSupportDeclared',
    data: { offer, body, had: random.percent(60), upTo: '2015-03-31', source },
  };
}

function observed({ setting, random, base }: LifeParts): LedgerEvent {
  const metric = random.pick(metrics);
  const stock = random.percent(60);
  const from = stock ? base : base - 90;
  const unit = metric.endsWith('spend') ? 'pence' : 'count';
  const body = setting.bodies.anyBody(random.below(setting.bodies.bodies.length), from, base).id;
  return {
    type: 'MetricObserved',
    data: {
      metric,
      ...(random.percent(85) && { body }),
      occurred: { from: dateOf(from), to: dateOf(base), basis: 'stated' },
      kind: stock ? 'stock' : 'flow',
      value: random.between(1, 900) * (unit === 'pence' ? 100_000 : 1),
      unit,
      qualifier: random.percent(70) ? 'exact' : 'about',
    },
  };
}

/** A level or a count observed, or a declaration about the time before the ledger. */
export function observationLife(parts: LifeParts): Life {
  const { setting, random, index, base } = parts;
  const content = random.percent(5) ? earlier(parts) : observed(parts);
  const recorded = recordedOn(base + random.between(1, 30), base);
  const steps: Step[] = [{ recorded, event: content }];
  const fate = fateOf('observation', index);
  if (fate === 'corrected') {
    const put: LedgerEvent =
      content.type === 'MetricObserved'
        ? { type: 'MetricObserved', data: { ...content.data, value: content.data.value + 1 } }
        : content;
    steps.push({
      recorded: monthsLater(parts, recorded),
      event: correction(parts, { revision: 0, content: put, reason: 'typing-error' }),
    });
  } else if (fate === 'withdrawn')
    steps.push({ recorded: monthsLater(parts, recorded), event: withdrawal(parts) });
  return { stream: streamOf('observation', setting.seeded.id('observation', index)), steps };
}

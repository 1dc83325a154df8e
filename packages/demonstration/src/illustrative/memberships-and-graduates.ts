import { addDays } from '@ledger/calendar';
import { quarterOf, someMonth, workingSpan, yearEnd, yearStart } from './dates';
import type { SampleRecord } from './sample-record';
import type { Setting } from './setting';

const joinedDuringTheYear = 8;
const firstMembership = '2012-01-02';

/** Every council uses LG Inform: most joined in the years before, a few in this one. None left. */
export function memberships(setting: Setting): SampleRecord[] {
  const random = setting.randomFor('lg-inform');
  return random.shuffled(setting.councils).map(({ bodyId }, at): SampleRecord => {
    const late = at < joinedDuringTheYear;
    const from = late
      ? workingSpan(random, 1, { from: addDays(yearStart, 1), to: yearEnd }).from
      : addDays(firstMembership, random.below(1550));
    return {
      quarter: late ? quarterOf({ from, to: from }) : 1,
      type: 'MembershipStarted',
      activity: setting.idOf('membership', 'lg-inform', bodyId),
      data: { offer: 'lg-inform', body: bodyId, from },
    };
  });
}

const graduates = 94;

/** The graduates placed: nearly all started in the autumn, some councils took several. */
export function graduatesPlaced(setting: Setting): SampleRecord[] {
  const random = setting.randomFor('graduates');
  const employers = random.sample(setting.councils, 48);
  return Array.from({ length: graduates }, (_, at): SampleRecord => {
    const autumn = random.chance(90);
    const occurred = autumn
      ? random.chance(80)
        ? workingSpan(random, 1, { from: '2016-10-01', to: '2016-10-31' })
        : { from: '2016-10-01', to: '2016-10-31', basis: 'stated' as const }
      : someMonth(random);
    return {
      quarter: quarterOf(occurred),
      type: 'GraduatePlaced',
      activity: setting.idOf('graduate-placed', at),
      data: {
        offer: 'national-graduate-development-programme',
        occurred,
        person: setting.idOf('graduate', at),
        body: (employers[at] ?? random.pick(employers)).bodyId,
        cohort: 'Cohort of autumn 2016',
      },
    };
  });
}

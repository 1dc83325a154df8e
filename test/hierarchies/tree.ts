import { derivedId, type HierarchyLevel } from '@ledger/events';
import { Random } from '../histories/random';

/** An activity of a tree, as it is sent, and what it would count. */
export interface Node {
  readonly level: HierarchyLevel;
  readonly type: string;
  readonly councils: readonly string[];
  readonly attendees: number;
  readonly pence: number;
  readonly record: (offer: string) => Readonly<Record<string, unknown>>;
}

const councils = ['Watford', 'Elmbridge', 'Leeds', 'Bristol', 'Norwich', 'Exeter', 'Lincoln', 'Cambridge'];
const types = ['SupportProvided', 'EventHeld', 'GrantAwarded'] as const;
const below: Readonly<Record<HierarchyLevel, HierarchyLevel | undefined>> = {
  programme: 'project',
  project: 'session',
  session: undefined,
};

/** A tree, or several, of so many activities, each whole before its parts; everything about them by chance of a seed. */
export function makeTree(size: number, seed: number): readonly Node[] {
  const random = new Random(seed);
  const nodes: { readonly id: string; readonly level: HierarchyLevel }[] = [];
  return Array.from({ length: size }, (_, at) => {
    const wholes = nodes.filter(({ level }) => below[level] !== undefined);
    const whole = wholes.length === 0 || random.percent(2) ? undefined : random.pick(wholes);
    // A session may be a part of a programme, without a project between them.
    const next = whole === undefined ? 'programme' : (below[whole.level] ?? 'session');
    const level = whole?.level === 'programme' && random.percent(20) ? 'session' : next;
    const id = derivedId('tree', `${seed} ${at}`);
    nodes.push({ id, level });
    const type = random.pick(types);
    const named = councils.filter(() => random.percent(30));
    const bodies = named.length === 0 ? [random.pick(councils)] : named;
    const attendees = type === 'EventHeld' ? random.between(0, 300) : 0;
    const pence = type === 'GrantAwarded' ? random.between(1, 9_000_000) : 0;
    return {
      level,
      type,
      councils: bodies,
      attendees,
      pence,
      record: (offer) => ({
        id,
        type,
        data: {
          offer,
          level,
          ...(whole !== undefined && { partOf: whole.id }),
          title: `${level} ${at}`,
          occurred: { from: '2025-06-02', to: '2025-07-02', basis: 'stated' },
          bodies: bodies.map((body) => ({ body, role: 'recipient' })),
          ...(type === 'EventHeld' && { attendees }),
          ...(type === 'GrantAwarded' && { pence }),
        },
      }),
    };
  });
}

import { addDays } from '@ledger/calendar';
import { existsOn, type Body } from './body';
import type { Register } from './register';

/** Something wrong in the register: a load with any is refused (F10). */
export interface RegisterFinding {
  readonly body: string;
  readonly name: string;
  readonly field: string;
  readonly message: string;
}

function finding({ id, name }: Body, field: string, message: string): RegisterFinding {
  return { body: id, name, field, message: `${name}: ${message}` };
}

function ofOne(body: Body): RegisterFinding[] {
  const found: RegisterFinding[] = [];
  if (body.kind === 'council' && body.type === null)
    found.push(finding(body, 'type', 'a council needs a type'));
  if (body.kind === 'council' && body.region === null)
    found.push(finding(body, 'region', 'a council needs a region'));
  if (body.from !== null && body.until !== null && body.until <= body.from)
    found.push(finding(body, 'until', `it ends on ${body.until}, not after it begins on ${body.from}`));
  for (const { value } of body.control)
    if (body.from !== null && value.from < body.from)
      found.push(
        finding(body, 'control', `control is recorded from ${value.from}, before it began on ${body.from}`),
      );
  return found;
}

/** A council and its successor never both exist, and never neither: half-open intervals meet (F1). */
function handovers(register: Register, body: Body): RegisterFinding[] {
  const found: RegisterFinding[] = [];
  const { until } = body;
  if (until === null) return found;
  for (const { body: id } of register.successors(body.id)) {
    const successor = register.body(id);
    if (successor === undefined) {
      found.push(finding(body, 'successors', `its successor ${id} is not registered`));
      continue;
    }
    if (!existsOn(successor, until))
      found.push(
        finding(
          body,
          'until',
          `${successor.name}, which succeeds it, does not exist on ${until}, the first day without it`,
        ),
      );
    // A successor begun on the very day that the end is given as, one day late, was there beside it.
    if (successor.from !== null && successor.from < until && successor.from >= addDays(until, -7))
      found.push(
        finding(
          body,
          'until',
          `it and its successor ${successor.name} both exist on ${successor.from}; “until” is the first day without it`,
        ),
      );
    if (successor.from !== null && successor.from > until)
      found.push(
        finding(
          body,
          'until',
          `nobody follows from ${until} to ${successor.from}, when ${successor.name} begins; “until” is the first day without it`,
        ),
      );
  }
  return found;
}

/** A district lies in the region of its county. */
function counties(register: Register, body: Body): RegisterFinding[] {
  if (body.county === null) return [];
  const county = register.body(body.county);
  if (county === undefined) return [finding(body, 'county', `its county ${body.county} is not registered`)];
  if (county.region !== null && body.region !== null && county.region !== body.region)
    return [
      finding(
        county,
        'region',
        `it is put in ${county.region}, but its district ${body.name} in ${body.region}`,
      ),
    ];
  return [];
}

/** One code means one body on any day. */
function codes(bodies: readonly Body[]): RegisterFinding[] {
  const found: RegisterFinding[] = [];
  const holders = new Map<string, Body[]>();
  for (const body of bodies)
    for (const { system, code } of body.codes) {
      const key = `${system} ${code}`;
      const others = holders.get(key) ?? [];
      holders.set(key, others);
      for (const other of others)
        if (other !== body && overlap(other, body))
          found.push(finding(body, 'codes', `${key} is also a code of ${other.name}, at the same time`));
      if (!others.includes(body)) others.push(body);
    }
  return found;
}

function overlap(a: Body, b: Body): boolean {
  return (
    (a.until === null || b.from === null || b.from < a.until) &&
    (b.until === null || a.from === null || a.from < b.until)
  );
}

/** Everything wrong in a register; none where it may be loaded (F10). */
export function lintRegister(register: Register): readonly RegisterFinding[] {
  const bodies = [...register.bodies()];
  return [
    ...bodies.flatMap((body) => [...ofOne(body), ...handovers(register, body), ...counties(register, body)]),
    ...codes(bodies),
  ];
}

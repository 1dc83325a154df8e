import type { EventLog, LogLimits } from '@ledger/event-log';

/** The same log with smaller appends, so that little is much; and with another way of appending, where one is given. */
export function smallAppends(
  log: EventLog,
  limits: number | Partial<LogLimits>,
  append: EventLog['append'] = async (request) => log.append(request),
): EventLog {
  const smaller = typeof limits === 'number' ? { appendEvents: limits } : limits;
  return new Proxy(log, {
    get(of, name): unknown {
      if (name === 'append') return append;
      if (name === 'limits') return { ...of.limits, ...smaller };
      const member: unknown = Reflect.get(of, name, of);
      return typeof member === 'function' ? member.bind(of) : member;
    },
  });
}

import type { FigureStanding } from '../answers';

/** What every figure says until its year is finally closed. */
export const provisional: FigureStanding = { status: 'provisional', closedAt: null, final: null };

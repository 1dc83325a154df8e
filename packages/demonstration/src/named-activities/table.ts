import type { NamedThing } from './named-thing';
import { things2016 } from './report-2016-17';
import { things2018 } from './report-2018-19';
import { things2019 } from './report-2019-20';
import { things2020 } from './report-2020-21';

/** Row by row: what each of the reports' named activities was, and who took part in which role. */
export const namedThings: readonly NamedThing[] = [
  ...things2016,
  ...things2018,
  ...things2019,
  ...things2020,
];

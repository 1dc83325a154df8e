/** Rows that make nothing, and why. */
export const notCounted: readonly { readonly rows: readonly string[]; readonly why: string }[] = [
  {
    rows: ['2018-19.northamptonshire.entered-formal-intervention'],
    why: 'an act of government, not of the programme',
  },
  {
    rows: [
      '2018-19.rotherham.rising-to-the-challenge',
      '2018-19.hertfordshire.rising-to-the-challenge',
      '2018-19.staffordshire.rising-to-the-challenge',
    ],
    why: 'interviews for an evaluation: councils told of support that is recorded, if at all, by itself',
  },
  {
    rows: ['2018-19.salisbury.novichok-response'],
    why: 'help to the sector about a place; no body is named that was supported',
  },
  {
    rows: ['2018-19.north-east.prevent-and-counter-extremism-course'],
    why: 'a course that was developed; that it was held is not printed',
  },
];

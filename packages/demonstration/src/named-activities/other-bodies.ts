import { derivedId, type EventData } from '@ledger/events';

type Kind = EventData<'BodyRegistered'>['kind'];

/** Bodies named in the reports that are no councils: they take part and never count as councils. */
export const otherBodies = {
  dclg: ['government', 'Department for Communities and Local Government'],
  'home-office': ['government', 'Home Office'],
  'ca-chief-executives': ['partnership', 'Combined Authority Chief Executives Network'],
  'ca-finance': ['partnership', 'Combined Authority Finance Network'],
  'ca-housing-and-planning': ['partnership', 'Combined Authority Housing and Planning Network'],
  'ca-employment-and-skills': ['partnership', 'Combined Authority Employment and Skills Network'],
  'ca-hr': ['partnership', 'Combined Authority HR Network'],
  'ca-hr-and-finance': ['partnership', 'Combined Authority HR and Finance Network'],
  'ca-governance-and-scrutiny': ['partnership', 'Combined Authority Governance and Scrutiny Network'],
  'ca-communications': ['partnership', 'Combined Authority Communications Network'],
  star: ['partnership', 'STAR Procurement'],
  sigce: ['partnership', 'Special Interest Group on Countering Extremism'],
  'far-right-working-group': ['partnership', 'Far Right Working Group'],
  'islamist-extremism-working-group': ['partnership', 'Islamist Extremism Working Group'],
  nafn: ['other', 'National Anti-Fraud Network'],
  tfl: ['other', 'Transport for London'],
  'democratic-society': ['other', 'Democratic Society'],
  'blue-cabin': ['company', 'Blue Cabin CIC'],
  'harewood-hill-lodge': ['other', 'Harewood Hill Lodge'],
  'dogs-for-good': ['other', 'Dogs for Good'],
  cfps: ['other', 'Centre for Public Scrutiny'],
  newgate: ['company', 'Newgate Communications'],
  'cornwall-fire': ['fire authority', 'Cornwall Fire and Rescue Service'],
} as const satisfies Readonly<Record<string, readonly [Kind, string]>>;

export type OtherBody = keyof typeof otherBodies;

export function otherBodyId(key: OtherBody): string {
  return derivedId('body', `named-activity/${key}`);
}

/** Their registrations. */
export function otherBodyRegistrations(): readonly {
  readonly id: string;
  readonly data: EventData<'BodyRegistered'>;
}[] {
  return Object.entries(otherBodies).map(([key, [kind, name]]) => ({
    // The keys of a record are of its key type.
    id: otherBodyId(key as OtherBody),
    data: { kind, name, codes: [], from: null, source: 'sector-led improvement reports' },
  }));
}

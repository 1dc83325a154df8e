/** What people read in place of the names of fields, on forms and where records are shown. */
interface FieldWords {
  readonly label: string;
  /** What it is called where it is shown, if that is not what it is asked by. */
  readonly shown?: string;
  readonly hint?: string;
}

const words: Readonly<Record<string, FieldWords>> = {
  offer: { label: 'Offer' },
  occurred: {
    label: 'When did it happen?',
    shown: 'When',
    hint: 'For example 4 September 2018, 4 to 7 September 2018, June 2018, or 2018/19 if only the year is known',
  },
  level: {
    label: 'Level',
    hint: 'Only of an offer that has programmes, projects and sessions, of which one level is counted',
  },
  countedLevel: { label: 'Counted is the' },
  partOf: {
    label: 'Part of',
    hint: 'The id of the activity that this is a part of; in a file, what its team calls that one',
  },
  title: { label: 'Title', hint: 'A short label. Do not name a person.' },
  bodies: { label: 'Councils and other bodies' },
  body: { label: 'Council or other body', hint: 'Its name, an old name, or its GSS code' },
  role: { label: 'Role' },
  team: { label: 'Team' },
  person: { label: 'Person', hint: 'The name is kept in the vault, not in the record' },
  home: { label: 'Home council' },
  daysHundredths: { label: 'Days', hint: 'For example 3 or 2.5' },
  course: { label: 'Course', hint: 'The name of the course. Do not name a person.' },
  cohort: { label: 'Cohort' },
  party: { label: 'Party', hint: 'As he or she publicly stands, or “not stated”' },
  attendees: { label: 'People who came', hint: 'Leave empty if nobody counted' },
  pence: { label: 'Amount', hint: 'In pounds, for example 12,500 or 12500.50' },
  from: { label: 'From', hint: 'The first day, for example 1 April 2019' },
  on: { label: 'Ended on', hint: 'The first day without it, for example 1 April 2020' },
  upTo: { label: 'Up to', hint: 'The last day this is about, for example 31 March 2016' },
  metric: { label: 'What was observed', hint: 'A short name in lower-case letters and hyphens' },
  kind: { label: 'Flow or stock', hint: 'A flow happens over a time; a stock is a level on its last day' },
  value: { label: 'Value', hint: 'A whole number in the unit below' },
  unit: { label: 'Unit' },
  qualifier: { label: 'How exact' },
  question: { label: 'Question', hint: 'What was asked, in short. Do not name a person.' },
  scale: {
    label: 'Scale',
    hint: 'What could be answered, for example 1 very dissatisfied to 5 very satisfied',
  },
  answer: { label: 'Answers counted', hint: 'What the percentage is of, for example 4 or 5, or “agree”' },
  resultIn: { label: 'Result in', hint: 'A percentage, or a mean score on the scale' },
  result: { label: 'Result', hint: 'As it is printed, for example 92 or 4.35' },
  base: { label: 'Base', hint: 'How many people answered this question. A percentage must have one.' },
  responses: { label: 'People who answered the survey' },
  invited: { label: 'People asked to answer', hint: 'Leave empty if not known' },
  asPublished: {
    label: 'Record the percentage as published',
    hint: 'Yes only where a report printed it and no whole number of people gives it',
  },
  year: { label: 'Financial year', hint: 'For example 2019/20' },
  agreedOn: { label: 'Agreed on', hint: 'The day, for example 1 April 2019' },
  target: { label: 'Target', hint: 'What counts as done, in words' },
  targetCount: { label: 'Number of the target', hint: 'Leave empty if it cannot be counted' },
  greenMeans: { label: 'What green means' },
  amberMeans: { label: 'What amber means' },
  redMeans: { label: 'What red means' },
  asAt: { label: 'As at', hint: 'The day it stood so, for example 30 September 2019' },
  rag: { label: 'Rating' },
  achieved: { label: 'Reached of the target', hint: 'How many by that day; leave empty if not counted' },
  had: { label: 'Had this support before' },
  source: { label: 'Source', hint: 'Where this is known from. Do not name a person.' },
  savingsArea: { label: 'Savings area' },
  gainType: { label: 'Type of gain' },
  realisation: { label: 'Realisation' },
  amounts: { label: 'Amounts' },
  fromYear: { label: 'First financial year', hint: 'For example 2018/19' },
  toYear: { label: 'Last financial year', hint: 'The same as the first where the amount is of one year' },
  basis: { label: 'Forecast or actual' },
  grossPence: { label: 'Gross amount', hint: 'In pounds' },
  costPence: { label: 'Cost', hint: 'In pounds; leave empty if not known' },
  sharePence: { label: 'Share', hint: 'In pounds: of every body, or of none' },
  recurrence: { label: 'One-off or recurring' },
  service: { label: 'Service' },
  project: { label: 'Project' },
  method: { label: 'How the amount was found' },
  linkedActivities: { label: 'Linked activities' },
  withdrawn: { label: 'Withdrawn' },
  mergedInto: { label: 'Merged into' },
};

/** The label and hint of a field of an event; of one that is not in the list, its name in words. */
export function fieldWords(name: string): FieldWords {
  return words[name] ?? { label: inWords(name) };
}

/** What a field of a record is called where it is shown. */
export function shownLabel(name: string): string {
  const { label, shown = label } = fieldWords(name);
  return shown;
}

function inWords(name: string): string {
  const spaced = name.replaceAll(/([a-z])([A-Z])/g, '$1 $2').toLowerCase();
  return spaced.charAt(0).toUpperCase() + spaced.slice(1);
}

const typeTitles: Readonly<Record<string, string>> = {
  PeerChallengeDelivered: 'A peer challenge',
  PlaceBooked: 'A place booked on a course',
  CouncillorTrained: 'A councillor attended a course',
  CourseCompleted: 'A course completed',
  PlaceGivenUp: 'A booked place given up',
  SupportProvided: 'Support for councils',
  OfficerDeveloped: 'An officer’s development',
  GraduatePlaced: 'A graduate placed',
  PeerTrained: 'A peer trained',
  EventHeld: 'A conference, workshop or webinar',
  GrantAwarded: 'A grant',
  MembershipStarted: 'A membership that began',
  MembershipEnded: 'A membership that ended',
  MetricObserved: 'A level or a count observed',
  SurveyResultRecorded: 'A result of a survey',
  DeliverableAgreed: 'A deliverable for a year',
  DeliverableRated: 'A rating of a deliverable',
  EarlierSupportDeclared: 'Support before the ledger began',
  SavingsRecorded: 'A claim of savings or income',
  FigureBroughtForward: 'A figure brought forward',
};

/** What a type of event is called where people choose or read it. */
export function typeTitle(type: string): string {
  return typeTitles[type] ?? inWords(type);
}

const stepTitles: Readonly<Record<string, string>> = {
  ActivityCorrected: 'Corrected',
  ObservationCorrected: 'Corrected',
  DeliverableCorrected: 'Corrected',
  ClaimRevised: 'Revised',
  ActivityWithdrawn: 'Withdrawn',
  ObservationWithdrawn: 'Withdrawn',
  DeliverableWithdrawn: 'Withdrawn',
  ClaimWithdrawn: 'Withdrawn',
  ActivityReinstated: 'Reinstated',
  ObservationReinstated: 'Reinstated',
  DeliverableReinstated: 'Reinstated',
  ActivityMergedInto: 'Merged into another record',
  MergeAccepted: 'Another record merged into this one',
  MergeUndone: 'Merge undone',
  GainAgreed: 'Gain agreed',
  DeliveryRecorded: 'Delivery recorded',
  ClaimSubmitted: 'Submitted',
  ClaimReviewStarted: 'Review started',
  BaselineProposed: 'Baseline proposed',
  BaselineAgreed: 'Baseline agreed',
  EvidenceAttached: 'Evidence attached',
  ClaimQueried: 'Queried',
  ClaimAnswered: 'Query answered',
  ClaimVerified: 'Verified',
  EstimateChecked: 'Estimate checked',
  ClaimRejected: 'Rejected',
  ClaimTested: 'Worksheet filled in',
  SavingConfirmed: 'Confirmed for a further year',
  SavingLapsed: 'Lapsed',
  ClaimReopened: 'Reopened',
  ClaimPlaced: 'Part of another claim, or another a part of it',
  OverlapResolved: 'Overlap with another claim resolved',
};

/** What a step in the life of a record is called. */
export function stepTitle(type: string): string {
  return stepTitles[type] ?? `Recorded: ${typeTitle(type).toLowerCase()}`;
}

import type { Catalogue } from '../catalogue/catalogue';
import { Selection } from '../measures/selection';
import { countingRule, countingRuleIds } from '../measures/rules';
import type { DecidedEvent } from './decision';
import { refuseIfAny, type Fault } from './refusal';

function unknown(path: string, what: string, id: string): Fault {
  return { code: 'declared-first', path, message: `there is no ${what} “${id}”; declare it first` };
}

/** Decides on an event of the catalogue: whatever it names must be there, and nothing is declared twice. @throws DecisionRefused */
export function decideCatalogueEntry(
  catalogue: Catalogue,
  id: string,
  event: DecidedEvent,
): readonly DecidedEvent[] {
  const faults: Fault[] = [];
  const once = (known: boolean, what: string): void => {
    if (known)
      faults.push({ code: 'declared-once', path: 'id', message: `the ${what} “${id}” is declared already` });
  };
  const offerExists = (): void => {
    if (!catalogue.offers.has(id)) faults.push(unknown('id', 'offer', id));
  };
  const placedIn = ({
    programme,
    savingsArea,
  }: {
    programme: string;
    savingsArea?: string | undefined;
  }): void => {
    if (!catalogue.programmes.has(programme)) faults.push(unknown('data.programme', 'programme', programme));
    if (savingsArea !== undefined && !catalogue.savingsAreas.has(savingsArea))
      faults.push(unknown('data.savingsArea', 'savings area', savingsArea));
  };
  switch (event.type) {
    case 'ThemeDeclared':
      once(catalogue.themes.has(id), 'theme');
      break;
    case 'ProgrammeDeclared':
      once(catalogue.programmes.has(id), 'programme');
      if (!catalogue.themes.has(event.data.theme))
        faults.push(unknown('data.theme', 'theme', event.data.theme));
      break;
    case 'ApprovalAsked': {
      const programme = catalogue.programmes.get(id);
      if (programme === undefined) faults.push(unknown('id', 'programme', id));
      else if (event.data.asked === (programme.approvalFrom !== null))
        faults.push({
          code: 'approval-changes',
          path: 'data.asked',
          message: `approval is ${event.data.asked ? 'asked' : 'not asked'} of the programme “${id}” already`,
        });
      break;
    }
    case 'SavingsAreaDeclared':
      once(catalogue.savingsAreas.has(id), 'savings area');
      break;
    case 'OfferDeclared':
      once(catalogue.offers.has(id), 'offer');
      placedIn(event.data);
      break;
    case 'OfferMoved':
      offerExists();
      placedIn(event.data);
      break;
    case 'OfferRenamed':
    case 'RecordsDeclaredComplete':
      offerExists();
      break;
    case 'MeasureDeclared':
      // A measure is declared again to put another rule in force from now on.
      faults.push(...measureFaults(event.data.rule, event.data.parameters));
      break;
    default:
      faults.push({
        code: 'catalogue-event',
        path: 'type',
        message: `${event.type} is no event of the catalogue`,
      });
  }
  refuseIfAny(faults);
  return [event];
}

function measureFaults(rule: string, parameters: Readonly<Record<string, unknown>>): Fault[] {
  if (countingRule(rule) === undefined)
    return [
      {
        code: 'rule-exists',
        path: 'data.rule',
        message: `there is no rule ${rule}; rules are ${countingRuleIds.join(', ')}`,
      },
    ];
  const own = Object.keys(Selection.shape);
  const selection = Selection.safeParse(
    Object.fromEntries(Object.entries(parameters).filter(([name]) => own.includes(name))),
  );
  if (selection.success) return [];
  return selection.error.issues.map(({ path, message }) => ({
    code: 'parameters',
    path: ['data.parameters', ...path].join('.'),
    message,
  }));
}

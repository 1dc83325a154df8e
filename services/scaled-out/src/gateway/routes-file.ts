import { servedQuestions, type Served } from '@ledger/standalone';

/** One thing that is asked for: a route or a page. */
export interface Asked {
  readonly method: string;
  readonly path: string;
}

const notOpen = (): never => {
  throw new Error('Routes are listed, not asked');
};

/** Everything that a service answers to. */
export function askedOf({ commands, questions, ofPages }: Served): readonly Asked[] {
  return [...commands, ...questions, ...ofPages.flatMap(({ pages }) => pages)];
}

/** What a path matches: a parameter is one part of it. */
export function patternOf({ path }: Asked): string {
  const fixed = path.replaceAll('.', '\\.');
  return `^${fixed.replace(/\{\w+\}|:\w+/g, '[^/]+')}$`;
}

const beginning = `# Which service answers: written by \`npm run gateway-routes\` from the routes and pages of reporting; a test checks it.
map "$request_method $uri" $ledger_service {
  default recording:8083;
`;

/** The file by which the gateway tells what reporting answers from what recording does. */
export function routesFile(): string {
  const asked = askedOf(servedQuestions(notOpen)).map((one) => {
    if (one.method !== 'get') throw new RangeError(`Reporting only answers: ${one.method} ${one.path}`);
    return `  "~^(GET|HEAD) ${patternOf(one).slice(1)}" reporting:8082;\n`;
  });
  return `${beginning}${asked.join('')}}\n`;
}

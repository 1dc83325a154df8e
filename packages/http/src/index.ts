export type { Identify, OnDenied } from './actor-of';
export { AsRecordedBy, askedAt, askedAtOfPage } from './as-recorded-by';
export { createApplication, type ErrorLog } from './application';
export { csvOf, type Cell } from './csv';
export { asProblem } from './error-mapping';
export { cookiesOf, FormTokens, setCookie } from './form-tokens';
export { openApiOf } from './openapi';
export {
  pageRouterOf,
  safeNext,
  type Fields,
  type Page,
  type PageAnswer,
  type PageCall,
  type Shell,
} from './page-routes';
export { lowerFirst, upperFirst } from './first-letter';
export { readParameters } from './parameter-faults';
export { ProblemError, problemOf, sendProblem, type Problem, type ProblemFault } from './problem';
export { bearerTokenOf, idempotencyKeyOf } from './request-headers';
export { route, routerOf, sendJson, type Route } from './routes';
export { serveHttp } from './serving';
export { shownSent } from './shown-sent';

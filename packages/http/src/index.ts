export { createApplication, type ErrorLog } from './application';
export { csvOf, type Cell } from './csv';
export { asProblem } from './error-mapping';
export { openApiOf } from './openapi';
export { ProblemError, problemOf, sendProblem, type Problem, type ProblemFault } from './problem';
export { route, routerOf, sendJson, type Route } from './routes';

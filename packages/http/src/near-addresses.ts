import { Router } from 'express';
import { ProblemError } from './problem';

/** A path of the document in its parts; undefined in the place of a parameter. */
type Parts = readonly (string | undefined)[];

function partsOf(path: string): Parts {
  return path.split('/').map((part) => (part.startsWith('{') ? undefined : part));
}

/** The names that stand beside an address that leads nowhere: below the same thing, such as the steps of one claim. */
function namesBeside(addresses: readonly Parts[], asked: readonly string[]): readonly string[] {
  const names = addresses.flatMap((parts) => {
    const name = parts.at(-1);
    const beside =
      parts.length === asked.length &&
      // Only below one thing: what stands beside a list is the whole API.
      parts.at(-2) === undefined &&
      parts.slice(0, -1).every((part, at) => part === undefined || part === asked[at]);
    return beside && name !== undefined ? [name] : [];
  });
  return [...new Set(names)];
}

/** Answers an address of the API that leads nowhere with the names that there are in its place, where it is below one thing. */
export function nearAddresses(paths: readonly string[]): Router {
  const addresses = paths.map(partsOf);
  const router = Router();
  router.use('/api', (request, _response, next) => {
    const asked = `/api${request.path}`.split('/');
    const names = namesBeside(addresses, asked);
    if (names.length === 0) {
      next();
      return;
    }
    throw new ProblemError(
      404,
      'NOT_FOUND',
      `There is nothing called “${(asked.at(-1) ?? '').slice(0, 60)}” at ${asked.slice(0, -1).join('/').slice(0, 200)}; there are ${names.join(', ')}. The API is described at /openapi.json.`,
    );
  });
  return router;
}

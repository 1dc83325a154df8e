import { Router } from 'express';
import { sendJson } from '@ledger/http';

/** How far the ledger has come in getting ready. */
export type Readiness =
  | { readonly state: 'loading'; readonly done: number; readonly total: number; readonly doing: string }
  | { readonly state: 'ready'; readonly hindrance?: string }
  | { readonly state: 'failed'; readonly reason: string };

/** Live: the process answers. Ready: everything is loaded and projected. */
export function healthRoutes(readiness: () => Readiness): Router {
  const router = Router();
  router.get('/health/live', (_request, response) => sendJson(response, { state: 'live' }));
  router.get('/health/ready', (_request, response) => {
    const now = readiness();
    if (now.state !== 'ready') response.setHeader('Retry-After', '1');
    sendJson(response, now, now.state === 'ready' ? 200 : 503);
  });
  return router;
}

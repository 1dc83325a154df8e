import type { Readiness } from '@ledger/standalone';
import type { FollowedModels } from './followed-models';

/** How a service stands whose read models others keep: without them it neither answers nor decides. */
export function standingOf({ models }: { readonly models: FollowedModels }): Readiness | undefined {
  const { unreachable } = models;
  return unreachable && { state: 'failed', reason: unreachable.message };
}

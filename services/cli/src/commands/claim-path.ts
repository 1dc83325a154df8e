/** Where a claim is asked for, and changed. */
export function claimPath(id: string): string {
  return `/api/claims/${encodeURIComponent(id)}`;
}

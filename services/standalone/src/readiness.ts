/** How far a ledger has come in getting ready. */
export type Readiness =
  | { readonly state: 'loading'; readonly done: number; readonly total: number; readonly doing: string }
  | { readonly state: 'ready'; readonly hindrance?: string }
  | { readonly state: 'failed'; readonly reason: string };

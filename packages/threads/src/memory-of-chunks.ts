import type { FoldedShare } from '@ledger/projections';

/** The memory of what was folded, which is handed over and not copied. */
export function memoryOfChunks(chunks: FoldedShare): ArrayBuffer[] {
  return chunks
    .flatMap(({ figures, records }) => [figures, records])
    .flatMap(({ lines, things }) => [lines.buffer, things.buffer]);
}

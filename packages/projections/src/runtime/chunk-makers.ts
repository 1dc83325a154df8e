import { RecordsChunkMaker } from '../documents/records-chunk';
import { FiguresChunkMaker } from '../lines/figures-chunk';
import type { Projection } from './projection';

/** What puts together the postings of each projection; undefined of one that is not asked for. */
export interface ChunkMakers {
  readonly figures: FiguresChunkMaker | undefined;
  readonly records: RecordsChunkMaker | undefined;
}

export function chunkMakersOf(of: readonly Projection[]): ChunkMakers {
  return {
    figures: of.includes('figures') ? new FiguresChunkMaker() : undefined,
    records: of.includes('documents') ? new RecordsChunkMaker() : undefined,
  };
}

/** Those of some of the projections only. */
export function makersFor({ figures, records }: ChunkMakers, of: readonly Projection[]): ChunkMakers {
  return {
    figures: of.includes('figures') ? figures : undefined,
    records: of.includes('documents') ? records : undefined,
  };
}

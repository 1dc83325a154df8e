import { randomUUID } from 'node:crypto';
import { noAnswers, type Answers } from '../imports/answers';
import { ProblemError, type PageCall } from '@ledger/http';

type ChosenFile = NonNullable<PageCall['file']>;

/** A file that somebody is bringing in. It may name people, so it is never written to a disk. */
interface Upload extends ChosenFile {
  readonly actor: string;
  /** What was answered about it, by the mapping that it is read by. */
  readonly answers: Map<string, Answers>;
}

/** All files held at once, in bytes; the oldest go first. */
const mostBytes = 160 * 1024 * 1024;
const mostOfOne = 5;

/** Files between choosing and loading, in memory alone: after a restart a file is chosen again. */
export class Uploads {
  readonly #held = new Map<string, Upload>();

  /** Keeps a file for whoever sent it. */
  keep(actor: string, file: ChosenFile): string {
    const id = randomUUID();
    this.#held.set(id, { ...file, actor, answers: new Map() });
    const own = [...this.#held].filter(([, upload]) => upload.actor === actor);
    for (const [old] of own.slice(0, Math.max(0, own.length - mostOfOne))) this.#held.delete(old);
    for (const [old] of this.#held) {
      if (this.#bytes() <= mostBytes || old === id) break;
      this.#held.delete(old);
    }
    return id;
  }

  #bytes(): number {
    return [...this.#held.values()].reduce((sum, { bytes }) => sum + bytes.length, 0);
  }

  /** What a file is called that is held for somebody; undefined where none is. */
  nameOf(actor: string, id: string | undefined): string | undefined {
    const upload = this.#held.get(id ?? '');
    return upload?.actor === actor ? upload.name : undefined;
  }

  /** @throws ProblemError 404 for a file that is not held, or is somebody else's */
  of(actor: string, id: string | undefined): ChosenFile {
    return this.#of(actor, id);
  }

  /** What was answered about a file that is read by a mapping. @throws ProblemError as `of` does */
  answersTo(actor: string, id: string | undefined, map: string): Answers {
    return this.#of(actor, id).answers.get(map) ?? noAnswers;
  }

  /** Keeps answers about a file, in the place of those before. @throws ProblemError as `of` does */
  answer(actor: string, id: string | undefined, map: string, answers: Answers): void {
    this.#of(actor, id).answers.set(map, answers);
  }

  #of(actor: string, id: string | undefined): Upload {
    const upload = this.#held.get(id ?? '');
    if (upload !== undefined && upload.actor === actor) return upload;
    throw new ProblemError(
      404,
      'FILE_GONE',
      'The file is not held any more; nothing was recorded. Choose it again at /imports/new.',
    );
  }

  letGo(id: string): void {
    this.#held.delete(id);
  }
}

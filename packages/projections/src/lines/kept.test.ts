import { Kept } from './kept';

function keeping(numbers: readonly number[], bytes = 10): Kept<string> {
  const kept = new Kept<string>(30);
  for (const number of numbers) kept.set(number, 'now', `value ${number}`, bytes);
  return kept;
}

const held = (kept: Kept<string>): readonly number[] =>
  [1, 2, 3, 4, 5].filter((number) => kept.ofAnyState(number) !== undefined);

describe('what is kept', () => {
  it('is told in the state in which it was read only', () => {
    const kept = keeping([1]);
    expect(kept.get(1, 'now')).toBe('value 1');
    expect(kept.get(1, 'later')).toBeUndefined();
    expect(kept.ofAnyState(1)).toBe('value 1');
  });

  it('gives way to what is new, the oldest first', () => {
    expect(held(keeping([1, 2, 3, 4]))).toEqual([2, 3, 4]);
  });

  it('stays while it is asked for, and what was not asked for goes', () => {
    const kept = keeping([1, 2, 3]);
    kept.get(1, 'now');
    kept.set(4, 'now', 'value 4', 10);
    expect(held(kept)).toEqual([1, 3, 4]);
  });

  it('gives way where all of it was asked for', () => {
    const kept = keeping([1, 2, 3]);
    for (const number of [1, 2, 3]) kept.get(number, 'now');
    kept.set(4, 'now', 'value 4', 10);
    expect(held(kept)).toEqual([2, 3, 4]);
  });

  it('is counted once under each number', () => {
    const kept = keeping([1, 1, 1, 1, 2, 3]);
    expect(held(kept)).toEqual([1, 2, 3]);
  });

  it('does not give way to what is too large to be kept', () => {
    const kept = keeping([1, 2, 3]);
    kept.set(4, 'now', 'value 4', 31);
    expect(held(kept)).toEqual([1, 2, 3]);
  });
});

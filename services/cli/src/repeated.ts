/** The values of an option that may be given several times: those before, and one more. */
export function repeated(value: string, before: readonly string[] = []): readonly string[] {
  return [...before, value];
}

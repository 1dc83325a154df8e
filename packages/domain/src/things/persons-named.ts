/** The ids of the people that the data of an event names: whose part it is, or who was in the team. */
export function personsNamed(data: unknown): string[] {
  if (typeof data !== 'object' || data === null) return [];
  const own = 'person' in data && typeof data.person === 'string' ? [data.person] : [];
  const team = 'team' in data && Array.isArray(data.team) ? data.team.flatMap(personsNamed) : [];
  return [...own, ...team];
}

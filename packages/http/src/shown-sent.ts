/** What was sent, as a refusal repeats it: no longer than it takes to know it again. */
export function shownSent(sent: unknown): string {
  const text = typeof sent === 'string' ? sent : JSON.stringify(sent);
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}

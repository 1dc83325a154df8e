import { dottedName, isNode, nodesIn, readSource, type AstNode } from './source-file';

/** A row of docs/requirements.md. */
export interface Requirement {
  readonly id: string;
  readonly proofs: readonly { readonly file: string; readonly test: string }[];
  /** Why it is not met, in words. A requirement may be proved in part and say what is left. */
  readonly notYet?: string;
}

/** Reads the rows `| id | requirement | status |` of a Markdown page. */
export function requirements(markdown: string): Requirement[] {
  return markdown.split('\n').flatMap((line) => {
    const [, id, , status] = line.split('|').map((cell) => cell.trim());
    if (id === undefined || status === undefined || !/^[A-FS]\d+$/.test(id)) return [];
    const notYet = /not yet: (\S.*)/.exec(status)?.[1];
    const proofs = [...status.matchAll(/`([^`›]+) › ([^`]+)`/g)].map(([, file, test]) => ({
      file: file ?? '',
      test: test ?? '',
    }));
    return [
      { id, proofs: status.includes('proved by') ? proofs : [], ...(notYet === undefined ? {} : { notYet }) },
    ];
  });
}

/** The names given to `it` and `test` in a test file, as written: `%s` stands where a table fills in. */
export function testNamesIn(text: string): ReadonlySet<string> {
  const names = readSource('any.test.ts', text).nodes.flatMap((node) => {
    if (node.type !== 'CallExpression' || !isTestCall(node['callee'])) return [];
    const [first] = Array.isArray(node['arguments']) ? (node['arguments'] as { expression: unknown }[]) : [];
    const name = textOf(first?.expression);
    return name === undefined ? [] : [name];
  });
  return new Set(names);
}

/** `it`, `it.only`, and `it.each(rows)`. */
function isTestCall(callee: unknown): boolean {
  const called = isNode(callee) && callee.type === 'CallExpression' ? callee['callee'] : callee;
  return /^(it|test)(\.|$)/.test(dottedName(called) ?? '');
}

function textOf(value: unknown): string | undefined {
  if (!isNode(value)) return undefined;
  if (value.type === 'StringLiteral') return String(value['value']);
  if (value.type !== 'TemplateLiteral') return undefined;
  const parts: AstNode[] = [...nodesIn(value['quasis'])].filter((node) => node.type === 'TemplateElement');
  return parts.length === 1 ? String(parts[0]?.['cooked']) : undefined;
}

import ts from 'typescript';
import { bare, declarationOf, parseSource } from '../declaration.js';
import { codeOf, type FulfilledRow } from '../row.js';

type Edit = { readonly start: number; readonly end: number; readonly replacement: string };

/** The text of a row's code, broken: functions throw, tables are empty, or what the row says. Throws where it cannot be. */
export function breakCode(row: FulfilledRow, text: string): string {
  const { file, symbol } = codeOf(row);
  const node = symbol === null ? null : declarationOf(parseSource(file, text), symbol);
  if (symbol !== null && node === null) throw new Error(`${row.id}: ${file} declares no ${symbol}`);
  const range = node === null ? { start: 0, end: text.length } : { start: node.getStart(), end: node.end };
  const edits = row.breaks === undefined ? emptied(node) : [replaced(text, range, row.breaks)];
  if (edits.length === 0) throw new Error(`${row.id}: say in \`breaks\` how ${row.code} is broken`);
  return [...edits]
    .sort((a, b) => b.start - a.start)
    .reduce((broken, { start, end, replacement }) => broken.slice(0, start) + replacement + broken.slice(end), text);
}

function replaced(text: string, { start, end }: { start: number; end: number }, breaks: { from: string; to: string }) {
  const code = text.slice(start, end);
  const at = code.indexOf(breaks.from);
  if (at < 0 || code.includes(breaks.from, at + 1)) throw new Error(`not once in the code: ${breaks.from}`);
  return { start: start + at, end: start + at + breaks.from.length, replacement: breaks.to };
}

const thrown = "{ throw new Error('broken'); }";

function emptied(node: ts.Node | null): Edit[] {
  if (node === null) return [];
  if (ts.isClassDeclaration(node)) return emptiedClass(node);
  if (ts.isFunctionLike(node)) return emptiedFunction(node);
  if (ts.isVariableDeclaration(node) || ts.isPropertyDeclaration(node) || ts.isPropertyAssignment(node))
    return node.initializer === undefined ? [] : emptiedValue(bare(node.initializer));
  return [];
}

/** No instance comes into being, and nothing static works. */
function emptiedClass(node: ts.ClassDeclaration): Edit[] {
  const runs = node.members.filter(
    (member) => ts.isConstructorDeclaration(member) || (isStatic(member) && ts.isMethodDeclaration(member)),
  );
  const edits = runs.flatMap((member) => (ts.isFunctionLike(member) ? emptiedFunction(member) : []));
  if (runs.some((member) => ts.isConstructorDeclaration(member))) return edits;
  return [...edits, { start: node.members.pos, end: node.members.pos, replacement: ` constructor() ${thrown}` }];
}

function isStatic(member: ts.ClassElement): boolean {
  return (ts.getCombinedModifierFlags(member) & ts.ModifierFlags.Static) !== 0;
}

function emptiedFunction(node: ts.SignatureDeclaration): Edit[] {
  const body = 'body' in node ? (node.body as ts.Node | undefined) : undefined;
  return body === undefined ? [] : [{ start: body.getStart(), end: body.end, replacement: thrown }];
}

function emptiedValue(value: ts.Expression): Edit[] {
  if (ts.isArrowFunction(value) || ts.isFunctionExpression(value)) return emptiedFunction(value);
  const empty = emptyOf(value);
  return empty === null ? [] : [{ start: value.getStart(), end: value.end, replacement: empty }];
}

function emptyOf(value: ts.Expression): string | null {
  if (ts.isArrayLiteralExpression(value)) return '[]';
  if (ts.isObjectLiteralExpression(value)) return '{}';
  if (ts.isStringLiteralLike(value) || ts.isTemplateExpression(value)) return "''";
  if (ts.isRegularExpressionLiteral(value)) return '/(?!)/';
  if (ts.isBigIntLiteral(value)) return '0n';
  if (ts.isNewExpression(value)) return `new ${value.expression.getText()}()`;
  if (value.kind === ts.SyntaxKind.TrueKeyword) return 'false';
  if (value.kind === ts.SyntaxKind.FalseKeyword) return 'true';
  // Numbers, and sums and products of them.
  return /^[-\d_.\s*+()a-z]+$/i.test(value.getText()) && /\d/.test(value.getText()) ? '0' : null;
}

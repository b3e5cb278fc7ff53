import ts from 'typescript';

/** A check of the validator, and the edit that turns it off. */
export type Check = {
  readonly file: string;
  /** `inspect/root.ts:41 inspectChainId, return`. */
  readonly name: string;
  readonly start: number;
  readonly end: number;
  readonly replacement: string;
};

/**
 * Every place in a source where a complaint comes into being: what a checking function answers, pushes or yields, the
 * checks that it adds up, and each of several conditions for one complaint.
 */
export function checksIn(file: string, text: string): Check[] {
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.ES2023, true);
  const found: Check[] = [];
  const add = (node: ts.Node, what: string, replacement: string) => {
    const { line } = source.getLineAndCharacterOfPosition(node.getStart(source));
    const name = `${file.replace(/^.*core\//, '')}:${line + 1} ${functionOf(node)}, ${what}`;
    found.push({ file, name, start: node.getStart(source), end: node.end, replacement });
  };
  const visit = (node: ts.Node): void => {
    const nothing = nothingOf(node);
    if (nothing !== null) visitCheck(node, nothing, add);
    if (ts.isIfStatement(node) && /^\{?\s*return (?:refused|refuse[A-Z]\w*)\(/.test(node.thenStatement.getText(source)))
      add(node.expression, 'condition', 'false');
    ts.forEachChild(node, visit);
  };
  visit(source);
  return [...new Map(found.map((check) => [`${check.start} ${check.end}`, check])).values()];
}

type Add = (node: ts.Node, what: string, replacement: string) => void;

function visitCheck(node: ts.Node, nothing: string, add: Add): void {
  if (ts.isReturnStatement(node) && node.expression !== undefined && !isNothing(node.expression)) {
    add(node.expression, 'answer', nothing);
    for (const branch of branches(node.expression)) add(branch, 'branch', nothing);
    const guard = guardOf(node);
    for (const part of guard === null ? [] : alternatives(guard)) add(part, 'condition', 'false');
  }
  if (ts.isExpressionStatement(node) && /^\w+\.push\(/.test(node.getText())) add(node, 'push', ';');
  if (ts.isExpressionStatement(node) && ts.isYieldExpression(node.expression)) add(node, 'yield', ';');
  if (ts.isSpreadElement(node) && ts.isCallExpression(node.expression)) add(node, 'part', '...[]');
}

/** What the function around a node answers when it has no complaint; null when it is no check. */
function nothingOf(node: ts.Node): string | null {
  const around = ts.findAncestor(node, (each) => ts.isFunctionDeclaration(each) || ts.isArrowFunction(each));
  if (around === undefined || node === around) return null;
  const declared = around.type?.getText() ?? '';
  if (/^(?:Complaint|Finding)\[\]$|^\{ path: string; at: /.test(declared)) return '[]';
  if (/^(?:Generator<\[Rule)/.test(declared)) return '';
  const isProblem = /^(?:Found|Judgement|AddressProblem|HashProblem|Refused|'address-[a-z' |-]+) ?(?:\| null)?$/.test(
    declared,
  );
  if (declared.endsWith('| null') && isProblem) return 'null';
  return declared === 'string | null' && /Problem$/.test(functionOf(node)) ? 'null' : null;
}

function functionOf(node: ts.Node): string {
  const declaration = ts.findAncestor(node, ts.isFunctionDeclaration);
  return declaration?.name?.text ?? 'module';
}

function isNothing(expression: ts.Expression): boolean {
  return ['[]', 'null'].includes(expression.getText());
}

/** The answers of a conditional expression of two complaints. */
function branches(expression: ts.Expression): ts.Expression[] {
  if (!ts.isConditionalExpression(expression)) return [];
  const both = [expression.whenTrue, expression.whenFalse];
  return both.some(isNothing) ? [] : both;
}

/** The condition under which a complaint is answered. */
function guardOf(node: ts.ReturnStatement): ts.Expression | null {
  const owner = ts.isBlock(node.parent) ? node.parent.parent : node.parent;
  return ts.isIfStatement(owner) ? owner.expression : null;
}

/** The parts of `a || b`; a part about the type only keeps the others from failing. */
function alternatives(condition: ts.Expression): ts.Expression[] {
  if (!ts.isBinaryExpression(condition) || condition.operatorToken.kind !== ts.SyntaxKind.BarBarToken) return [];
  const parts = [condition.left, condition.right].flatMap((part) => {
    const deeper = alternatives(part);
    return deeper.length === 0 ? [part] : deeper;
  });
  return parts.filter((part) => !part.getText().startsWith('typeof'));
}

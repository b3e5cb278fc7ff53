import ts from 'typescript';

/** What a source declares at its top level under a name, or a member of it (`Class.method`, `table.entry`); null: nothing. */
export function declarationOf(source: ts.SourceFile, symbol: string): ts.Node | null {
  const [name = '', member] = symbol.split('.');
  const declared = source.statements.flatMap(declarations).find((node) => nameOf(node) === name);
  if (declared === undefined) return null;
  return member === undefined ? declared : (membersOf(declared).find((node) => nameOf(node) === member) ?? null);
}

export function parseSource(file: string, text: string): ts.SourceFile {
  return ts.createSourceFile(file, text, ts.ScriptTarget.ES2023, true);
}

/** Of an overloaded function only the one that runs; types do not run. */
function declarations(statement: ts.Statement): ts.Node[] {
  if (ts.isVariableStatement(statement)) return [...statement.declarationList.declarations];
  if (ts.isFunctionDeclaration(statement)) return statement.body === undefined ? [] : [statement];
  return ts.isClassDeclaration(statement) ? [statement] : [];
}

function membersOf(node: ts.Node): ts.Node[] {
  if (ts.isClassDeclaration(node))
    return node.members.filter((member) => !ts.isMethodDeclaration(member) || member.body !== undefined);
  const value = ts.isVariableDeclaration(node) && node.initializer !== undefined ? bare(node.initializer) : null;
  return value !== null && ts.isObjectLiteralExpression(value) ? [...value.properties] : [];
}

/** A value without `as const`, `satisfies` and parentheses. */
export function bare(expression: ts.Expression): ts.Expression {
  return ts.isAsExpression(expression) ||
    ts.isSatisfiesExpression(expression) ||
    ts.isParenthesizedExpression(expression)
    ? bare(expression.expression)
    : expression;
}

function nameOf(node: ts.Node): string | null {
  const name = (node as ts.NamedDeclaration).name;
  return name !== undefined && (ts.isIdentifier(name) || ts.isStringLiteral(name) || ts.isNumericLiteral(name))
    ? name.text
    : null;
}

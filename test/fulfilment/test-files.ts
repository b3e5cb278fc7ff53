import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import ts from 'typescript';
import { parseSource } from './declaration.js';

/** The titles of the tests of a file, those of suites that it imports included. Titles put together at run time are none. */
export function titlesIn(repository: string, file: string): string[] {
  return withImports(repository, file).flatMap(({ source }) => {
    const found: string[] = [];
    const visit = (node: ts.Node): void => {
      if (ts.isCallExpression(node) && /^(?:it|test|(?:\w+\.)test)$/.test(node.expression.getText(source))) {
        const [title] = node.arguments;
        if (title !== undefined && ts.isStringLiteralLike(title)) found.push(title.text);
      }
      ts.forEachChild(node, visit);
    };
    visit(source);
    return found;
  });
}

/** Whether a test starts the bundled program. */
export function usesProgram(repository: string, file: string): boolean {
  return withImports(repository, file).some(({ name, source }) => {
    return name.endsWith('support/command-line.ts') || /'dist'|installedProgram/.test(source.text);
  });
}

/** A file below test/ and all below test/ that it imports. */
function withImports(repository: string, file: string): { name: string; source: ts.SourceFile }[] {
  const found = new Map<string, ts.SourceFile>();
  const visit = (name: string): void => {
    const path = join(repository, name);
    if (found.has(name) || !name.startsWith('test/') || !existsSync(path)) return;
    const source = parseSource(name, readFileSync(path, 'utf8'));
    found.set(name, source);
    for (const statement of source.statements)
      if (ts.isImportDeclaration(statement) && ts.isStringLiteral(statement.moduleSpecifier))
        visit(join(dirname(name), statement.moduleSpecifier.text).replace(/\.js$/, '.ts'));
  };
  visit(file);
  return [...found].map(([name, source]) => ({ name, source }));
}

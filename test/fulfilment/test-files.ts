import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import ts from 'typescript';
import { parseSource } from './declaration.js';

/** Whether a file has a test of that title, or a suite that it imports has. */
export function hasTitle(repository: string, file: string, title: string): boolean {
  return titlesIn(repository, file).some((each) => each.test(title));
}

/** The titles of the tests of a file, those of suites that it imports included. What is put into one at run time may be anything. */
function titlesIn(repository: string, file: string): RegExp[] {
  return withImports(repository, file).flatMap(({ source }) => {
    const found: RegExp[] = [];
    const visit = (node: ts.Node): void => {
      if (ts.isCallExpression(node) && /^(?:it|test|(?:\w+\.)test)$/.test(node.expression.getText(source))) {
        const [title] = node.arguments;
        const fixed = title === undefined ? [] : fixedParts(title);
        if (/\w{3}/.test(fixed.join(' '))) found.push(new RegExp(`^${fixed.map(escaped).join('.*')}$`, 's'));
      }
      ts.forEachChild(node, visit);
    };
    visit(source);
    return found;
  });
}

function fixedParts(title: ts.Expression): string[] {
  if (ts.isStringLiteralLike(title)) return [title.text];
  if (!ts.isTemplateExpression(title)) return [];
  return [title.head.text, ...title.templateSpans.map(({ literal }) => literal.text)];
}

export function escaped(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
}

/** Whether a test starts the bundled program. */
export function usesProgram(repository: string, file: string): boolean {
  return withImports(repository, file).some(({ name, source }) => {
    return name.endsWith('support/command-line.ts') || /'dist'|installedProgram/.test(source.text);
  });
}

/** Many rows name tests of one file. */
const parsed = new Map<string, ts.SourceFile>();

/** A file below test/ and all below test/ that it imports. */
function withImports(repository: string, file: string): { name: string; source: ts.SourceFile }[] {
  const found = new Map<string, ts.SourceFile>();
  const visit = (name: string): void => {
    const path = join(repository, name);
    if (found.has(name) || !name.startsWith('test/') || !existsSync(path)) return;
    const source = parsed.get(path) ?? parseSource(name, readFileSync(path, 'utf8'));
    parsed.set(path, source);
    found.set(name, source);
    for (const statement of source.statements)
      if (ts.isImportDeclaration(statement) && ts.isStringLiteral(statement.moduleSpecifier))
        visit(join(dirname(name), statement.moduleSpecifier.text).replace(/\.js$/, '.ts'));
  };
  visit(file);
  return [...found].map(([name, source]) => ({ name, source }));
}

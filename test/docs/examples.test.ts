import assert from 'node:assert/strict';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { runInNewContext } from 'node:vm';
import ts from 'typescript';
import type { ContractDeployment } from '../../src/core/deployment/contract-deployment.js';
import { StateManagerError } from '../../src/errors.js';
import { type ExampleBlock, exampleBlocks, repositoryRoot } from './example-blocks.js';

/** What an example may leave to its reader. */
const leftToTheReader = `
declare const implementationHash: string;
declare const constructorArgs: unknown[];
declare const jsonLines: import('stateroot').OpenBackend;
declare function deployProxy(contractName: string): Promise<string>;
declare function upgradeProxy(proxy: string | undefined, contractName: string): Promise<void>;
declare function attach(proxy: string | undefined): Promise<void>;
declare function isFrozen(): boolean;
declare const metrics: { record(operation: string, ok: boolean, milliseconds: number): void };
`;

/** The complete backend is JavaScript without types: it is run, through the suite of all backends (`backends.test.ts`). */
const blocks = exampleBlocks().filter(({ code }) => !code.includes('export function jsonLines('));

describe('the examples of README and docs', () => {
  it('are there, and agree with the types of the library', () => {
    assert.ok(blocks.length >= 4, `${blocks.length} blocks`);
    assert.deepEqual(problemsOf(blocks), []);
  });

  it('are judged: one that asks for what is not there is found', () => {
    const [one] = blocks;
    assert.ok(one);
    const wrong = { ...one, code: "import { deployAll } from 'stateroot';\ndeployAll(1);\n" };
    assert.match(problemsOf([wrong]).join(), /no exported member 'deployAll'/);
  });

  const decisions: readonly (readonly [ContractDeployment['action'], readonly string[] | 'stops'])[] = [
    ['deploy', ['deployProxy']],
    ['upgrade', ['upgradeProxy']],
    ['unchanged', ['attach']],
    ['skipped', ['attach']],
    ['blocked', 'stops'],
  ];
  const deciding = blocks.filter(({ code }) => code.includes('fetchDeployOrUpgradeProxy('));
  for (const [action, expected] of decisions) {
    it(`of deploy scripts do what is right when the answer is ${action}`, async () => {
      assert.deepEqual(
        deciding.map(({ file }) => file),
        ['README.md', 'docs/managers.md'],
      );
      for (const block of deciding) {
        const run = runWith(block, action);
        if (expected === 'stops') await assert.rejects(run, { code: 'STATE_INVALID' }, block.file);
        else assert.deepEqual(await run, expected, block.file);
      }
    });
  }
});

function problemsOf(checked: readonly ExampleBlock[]): string[] {
  const options: ts.CompilerOptions = {
    target: ts.ScriptTarget.ES2023,
    module: ts.ModuleKind.NodeNext,
    moduleResolution: ts.ModuleResolutionKind.NodeNext,
    types: ['node'],
    strict: true,
    // The examples are JavaScript: a parameter may go without a type.
    noImplicitAny: false,
    skipLibCheck: true,
    noEmit: true,
    paths: { stateroot: [join(repositoryRoot, 'dist', 'index.d.ts')] },
  };
  const host = ts.createCompilerHost(options);
  const texts = new Map(
    checked.map(({ code }, at) => [
      join(repositoryRoot, `example-${at}.mts`),
      /^import /m.test(code) ? code : `export {};\n${code}`,
    ]),
  );
  const globals = join(repositoryRoot, 'left-to-the-reader.d.ts');
  texts.set(globals, leftToTheReader);
  const program = ts.createProgram([...texts.keys()], options, {
    ...host,
    fileExists: (path) => texts.has(path) || host.fileExists(path),
    getSourceFile: (path, ...rest) => {
      const text = texts.get(path);
      return text === undefined
        ? host.getSourceFile(path, ...rest)
        : ts.createSourceFile(path, text, ts.ScriptTarget.ES2023, true);
    },
  });
  return [...texts.keys()].flatMap((path, at) => {
    const found = ts.getPreEmitDiagnostics(program, program.getSourceFile(path));
    const block = checked[at];
    return found.map(({ messageText, start = 0, file }) => {
      const line = (block?.line ?? 0) + (file?.getLineAndCharacterOfPosition(start).line ?? 0);
      return `${block?.file ?? 'globals'}:${line}: ${ts.flattenDiagnosticMessageText(messageText, ' ')}`;
    });
  });
}

/** Runs the example where the manager answers with this action; what it called of what is left to its reader. */
async function runWith({ code }: ExampleBlock, action: ContractDeployment['action']): Promise<string[]> {
  const called: string[] = [];
  const note = (what: string) => () => {
    called.push(what);
    return Promise.resolve('0x959bC8859Af2adF2da6168cc1fB9F434fd573a4e');
  };
  const error = action === 'blocked' ? new StateManagerError('STATE_INVALID', 'Not readable') : undefined;
  const manager = {
    fetchDeployOrUpgradeProxy: () => Promise.resolve({ action, proxyAddress: '0x1', error }),
    putContract: () => Promise.resolve(),
    close: () => Promise.resolve(),
  };
  const given = {
    StateManagerFactory: { createManager: () => Promise.resolve(manager) },
    implementationHash: '0x',
    constructorArgs: [],
    deployProxy: note('deployProxy'),
    upgradeProxy: note('upgradeProxy'),
    attach: note('attach'),
  };
  const script = `(async () => {${code.replace(/^import .*$/gm, '')}})()`;
  await (runInNewContext(script, given) as Promise<void>);
  return called;
}

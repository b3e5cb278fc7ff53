import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { describe, it } from 'node:test';
import { inspectFile } from '../../src/core/inspect/inspect.js';
import { canonicalFiles } from '../fuzz/canonical-files.js';

const path = 'deployments/unified/examplenet.unified.json';
const bytes = (text: string) => new TextEncoder().encode(text);
const rulesIn = (content: Uint8Array) => inspectFile({ path, mode: '100644', bytes: content }).map(({ rule }) => rule);

/** A million takes half a minute on a slow machine. */
const keyCount = Number(process.env['STATEROOT_KEYS'] ?? 200_000);

/** CPU time of this process, in microseconds: other processes do not count. */
function cost(run: () => void): number {
  const before = process.cpuUsage();
  run();
  const { user, system } = process.cpuUsage(before);
  return user + system;
}

describe('input made to exhaust the validator', () => {
  // The baseline: as many bytes of valid state, judged in files of usual size.
  const usual = canonicalFiles().map(({ bytes: content }) => content);
  const usualSize = usual.reduce((sum, { length }) => sum + length, 0);
  const rounds = Math.ceil(1_048_576 / usualSize);
  const perMebibyte = cost(() => {
    for (let left = rounds; left > 0; left -= 1) for (const content of usual) rulesIn(content);
  });

  for (const [what, content, rule] of [
    ['a million open brackets', bytes('['.repeat(1_000_000)), 'json-depth'],
    ['a million open objects', bytes('{"a":'.repeat(1_000_000)), 'json-depth'],
    ['brackets that close again', bytes(`{"a":${'['.repeat(500_000)}${']'.repeat(500_000)}}`), 'json-depth'],
    ['a megabyte of quotes', bytes('"'.repeat(1_048_576)), 'json-syntax'],
    ['a megabyte of backslashes', bytes(`{"a":"${'\\'.repeat(1_048_576)}"}`), 'schema-version'],
    ['a megabyte of digits', bytes(`{"a":${'9'.repeat(1_048_576)}}`), 'json-number'],
    ['a megabyte of zeros behind a point', bytes(`{"a":0.${'0'.repeat(1_048_575)}1}`), 'json-number'],
    ['a megabyte of blanks', bytes(' '.repeat(1_048_576)), 'json-syntax'],
    ['a megabyte of line ends', bytes('\n'.repeat(1_048_576)), 'json-syntax'],
    ['a megabyte of conflict markers', bytes('<<<<<<'.repeat(174_763)), 'json-syntax'],
    [
      'a megabyte that is no UTF-8 at its end',
      Buffer.concat([Buffer.alloc(1_048_576, 0x20), Buffer.of(0xff)]),
      'text-encoding',
    ],
  ] as const) {
    it(`${what}: refused for less than ten times what as much state costs`, () => {
      let rules: string[] = [];
      const spent = cost(() => {
        rules = rulesIn(content);
      });
      assert.ok(rules.includes(rule), rules.join());
      const mebibytes = Math.max(1, content.length / 1_048_576);
      assert.ok(spent < 10 * mebibytes * perMebibyte, `${spent} µs of CPU`);
    });
  }

  it('one byte more than 64 MiB is refused before it is read', () => {
    const large = new Uint8Array(67_108_865);
    const spent = cost(() => {
      assert.deepEqual(rulesIn(large), ['text-size']);
    });
    assert.ok(spent < perMebibyte);
  });

  it(`${keyCount} keys cost in proportion, not the square, and bounded memory`, () => {
    const keys = (count: number) => bytes(`{${Array.from({ length: count }, (_, i) => `"k${i}":0`).join(',')}}`);
    const [some, many] = [keys(20_000), keys(keyCount)];
    rulesIn(some);
    const few = Math.max(
      cost(() => rulesIn(some)),
      1000,
    );
    const before = process.memoryUsage().rss;
    assert.ok(cost(() => rulesIn(many)) < (keyCount / 20_000) * 8 * few);
    assert.ok(process.memoryUsage().rss - before < 3000 * keyCount);
  });
});

describe('every regular expression of core', () => {
  const expressions = expressionsIn(join(import.meta.dirname, '..', '..', '..', 'src', 'core'));
  const probes = ['a', '0', '/', '.', ' ', '_', '-', 'a.', 'a/', '0x', ':', '\n', '<', '\\', '"', 'A-', '~', '\ud800'];

  it('is found', () => {
    assert.ok(expressions.length > 20, String(expressions.length));
  });

  it('takes 100,000 characters for less than 20 times what reading them takes', () => {
    for (const { source, flags, file } of expressions) {
      for (const probe of probes) {
        const text = `${probe.repeat(100_000 / probe.length)}\u0000`;
        const read = Math.max(
          cost(() => /^[^\u0001]*\u0001/.test(text)),
          500,
        );
        const spent = Math.min(...[1, 2, 3].map(() => cost(() => new RegExp(source, flags).test(text))));
        assert.ok(
          spent < 20 * read,
          `${file}: /${source}/${flags} on ${JSON.stringify(probe)}: ${spent} µs, ${read} µs`,
        );
      }
    }
  });
});

function expressionsIn(folder: string): { source: string; flags: string; file: string }[] {
  const literal =
    /(?<=[=(,:?|&!]\s*|return\s+)\/((?:[^/\\[\n]|\\.|\[(?:[^\]\\\n]|\\.)*\])+)\/([dgimsuvy]*)(?=[.,;)\s\]])/g;
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .flatMap((file) =>
      readFileSync(join(folder, file), 'utf8')
        .split('\n')
        .filter((line) => !/^\s*(?:\/\/|\*|\/\*)/.test(line))
        .flatMap((line) => [...line.matchAll(literal)])
        .map(([, source = '', flags = '']) => ({ source, flags: flags.replace('g', ''), file })),
    );
}

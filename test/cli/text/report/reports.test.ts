import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { conciseReport } from '../../../../src/cli/text/report/concise.js';
import { githubReport } from '../../../../src/cli/text/report/github.js';
import type { Finding, Severity } from '../../../../src/core/finding.js';

const finding = (more: Partial<Finding> = {}): Finding => ({
  rule: 'checksum-mismatch',
  severity: 'error',
  network: 'alpha',
  file: 'deployments/a.json',
  line: 3,
  column: 5,
  path: '/x',
  message: 'It does not match.',
  ...more,
});
const hostile = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.constantFrom('::stop-commands::x', '\n::error::x', '  ::add-mask::x', 'a##[add-mask]x', '\r\n::x', 'a,line=9::b'),
);
const findings = fc.array(
  fc.record({ file: hostile, message: hostile, rule: hostile, hint: hostile }).map((texts) => finding({ ...texts })),
  { minLength: 1, maxLength: 5 },
);

describe('the concise report', () => {
  it('is a line per finding: position, severity, message, rule', () => {
    assert.equal(
      conciseReport([finding(), finding({ severity: 'warning', message: 'one\ntwo' })]),
      'deployments/a.json:3:5: error It does not match. [checksum-mismatch]\n' +
        'deployments/a.json:3:5: warning one; two [checksum-mismatch]',
    );
  });

  it('gives a finding without position the beginning of its file', () => {
    const { line, column, ...placeless } = finding({ rule: 'file-mode' });
    assert.deepEqual([line, column], [3, 5]);
    assert.match(conciseReport([placeless]), /^deployments\/a\.json:1:1: error /);
  });

  it('whatever the file says, has as many lines as findings and none is a log command', () => {
    fc.assert(
      fc.property(findings, (all) => {
        const lines = conciseReport(all).split('\n');
        assert.equal(lines.length, all.length);
        for (const line of lines) assert.doesNotMatch(line, /^\s*::|##\[|[\p{Cc}\p{Cf}]/u);
      }),
    );
  });
});

describe('the report for GitHub', () => {
  it('is an annotation per finding, with position, rule and what to do', () => {
    assert.equal(
      githubReport([finding({ hint: 'stateroot fmt a' })]),
      '::error file=deployments/a.json,line=3,col=5,title=checksum-mismatch::It does not match.%0Astateroot fmt a',
    );
  });

  it('has errors first, then warnings, then notices', () => {
    const all = (['info', 'warning', 'error', 'info', 'error'] as const).map((severity) => finding({ severity }));
    assert.deepEqual(commands(githubReport(all)), ['error', 'error', 'warning', 'notice', 'notice']);
  });

  it('has at most ten of a kind, and the tenth counts the rest', () => {
    const of = (severity: Severity, count: number) =>
      Array.from({ length: count }, (_, i) => finding({ severity, file: `${i}.json` }));
    const lines = githubReport([...of('error', 10), ...of('warning', 12)]).split('\n');
    assert.deepEqual(commands(lines.join('\n')), [
      ...Array<string>(10).fill('error'),
      ...Array<string>(10).fill('warning'),
    ]);
    assert.ok(lines[9]?.includes('file=9.json'));
    assert.match(lines[19] ?? '', /^::warning title=3 more warnings::3 more warnings in 3 files/);
  });

  it('whatever the file says, each line is the one command it was made as', () => {
    fc.assert(
      fc.property(findings, (all) => {
        const lines = githubReport(all).split('\n');
        assert.equal(lines.length, all.length);
        for (const [i, line] of lines.entries()) {
          const [, properties = '', message = ''] = /^::error ([^:]*)::(.*)$/s.exec(line) ?? [];
          const names = properties.split(',').map((property) => property.split('=')[0]);
          assert.deepEqual(names, ['file', 'line', 'col', 'title']);
          const printable = /^[\x20-\x7e]*$/;
          const original = all[i]?.message ?? '';
          if (printable.test(original) && !/^\s*::|##\[/.test(original)) {
            assert.ok(unescaped(message).startsWith(original));
          }
        }
      }),
    );
  });

  it('of nothing is nothing', () => {
    assert.equal(githubReport([]), '');
  });
});

function commands(report: string): (string | undefined)[] {
  return report.split('\n').map((line) => /^::(\w+) /.exec(line)?.[1]);
}

/** As the runner reads a message. */
function unescaped(message: string): string {
  return message.replaceAll('%0D', '\r').replaceAll('%0A', '\n').replaceAll('%25', '%');
}

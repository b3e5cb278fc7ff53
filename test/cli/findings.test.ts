import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { countFindings, renderFindings } from '../../src/cli/text/findings.js';
import type { Finding } from '../../src/core/finding.js';

const style = { color: false, unicode: true, terminal: false, width: 100 };
const finding = (more: Partial<Finding>): Finding => ({
  rule: 'checksum-mismatch',
  severity: 'error',
  network: 'bsctestnet',
  file: 'a.json',
  line: 2,
  column: 5,
  path: '/x',
  message: 'It does not match.',
  ...more,
});

describe('findings as text', () => {
  it('begin with a position that machines parse', () => {
    assert.equal(renderFindings([finding({})], style).split('\n')[0], 'a.json:2:5  error  checksum-mismatch');
  });

  it('put files with errors first and keep the order within a file', () => {
    const text = renderFindings(
      [
        finding({ severity: 'warning' }),
        finding({ file: 'b.json', line: 1, severity: 'warning' }),
        finding({ file: 'b.json', line: 9 }),
      ],
      style,
    );
    const heads = text.split('\n').filter((line) => !line.startsWith(' '));
    assert.deepEqual(
      heads.map((line) => line.split(' ')[0]),
      ['b.json:1:5', 'b.json:9:5', 'a.json:2:5'],
    );
  });

  it('show the line with a caret below the column when its text is at hand', () => {
    const text = renderFindings([finding({})], style, new Map([['a.json', '{\n    "x": 1\n}\n']]));
    assert.deepEqual(text.split('\n').slice(1, 4), ['  1 │ {', '> 2 │     "x": 1', '    │     ^']);
  });

  it('of a checksum show the changed lines instead, with what they were', () => {
    const text = '{\n  "a": 1,\n  "b": 2,\n  "checksum": "x"\n}\n';
    const mismatch = finding({ contract: 'Token', line: 4, column: 15, hint: 'meant it?  a\ndid not?   b' });
    const edit = { file: 'a.json', contract: 'Token', column: 8 };
    const edits = [
      { ...edit, line: 2, before: 7, after: 1 },
      { ...edit, line: 3, after: 2 },
      { ...edit, contract: 'Other', line: 4, before: 'y', after: 'x' },
    ];
    assert.deepEqual(renderFindings([mismatch], style, new Map([['a.json', text]]), edits).split('\n'), [
      'a.json:4:15  error  checksum-mismatch',
      '  1 │ {',
      '> 2 │   "a": 1,',
      '    │        ^ was 7 in HEAD',
      '  2 │   "a": 1,',
      '> 3 │   "b": 2,',
      '    │        ^ not in HEAD',
      '  It does not match.',
      '  Changed since HEAD: lines 2, 3',
      '  meant it?  a',
      '  did not?   b',
      '  more       stateroot validate --explain checksum-mismatch',
    ]);
  });

  it('of a checksum show five changed lines and count the others', () => {
    const mismatch = finding({ contract: 'Token' });
    const edits = [1, 2, 3, 4, 5, 6, 7].map((line) => ({
      file: 'a.json',
      contract: 'Token',
      line,
      column: 1,
      before: 1,
    }));
    const text = renderFindings([mismatch], style, new Map([['a.json', 'x\n'.repeat(9)]]), edits);
    assert.equal(text.split('\n').filter((line) => line.startsWith('>')).length, 5);
    assert.match(text, /1, 2, 3, 4, 5 and 2 more lines/);
  });

  it('pass every text through the escaper', () => {
    const text = renderFindings([finding({ file: 'a\u001b.json', message: 'm\u202e', hint: 'h\u0007' })], style);
    assert.match(text, /a\\x1b\.json/);
    assert.match(text, /m\\u\{202e\}/);
    assert.match(text, /h\\x07/);
  });

  it('count each severity in words and leave zero out', () => {
    const warning = finding({ severity: 'warning' });
    assert.equal(countFindings([finding({}), warning, warning]), '1 error and 2 warnings');
    assert.equal(countFindings([]), '');
  });
});

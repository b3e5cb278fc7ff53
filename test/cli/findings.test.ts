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

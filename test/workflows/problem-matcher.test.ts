import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { conciseReport } from '../../src/cli/text/report/concise.js';
import type { Finding } from '../../src/core/finding.js';
import { strings } from '../hostile/corpus.js';

type Matcher = { owner: string; pattern: { regexp: string; [group: string]: string | number }[] };

const path = join(import.meta.dirname, '..', '..', '..', '.github', 'workflow-templates', 'problem-matcher.json');
const { problemMatcher } = JSON.parse(readFileSync(path, 'utf8')) as { problemMatcher: Matcher[] };

function matched(line: string): Record<string, string> | null {
  const [pattern] = problemMatcher[0]?.pattern ?? [];
  const match = new RegExp(pattern?.regexp ?? '(?!)').exec(line);
  if (pattern === undefined || match === null) return null;
  const groups = Object.entries(pattern).filter(([name]) => name !== 'regexp');
  return Object.fromEntries(groups.map(([name, at]) => [name, match[Number(at)] ?? '']));
}

const finding: Finding = {
  rule: 'topology/cross-tier',
  severity: 'error',
  network: 'a',
  file: 'deployments/unified/a.unified.json',
  line: 12,
  column: 7,
  path: '',
  message: 'lists chain 97 [as a peer]: why?',
};

describe('the problem matcher', () => {
  it('reads every part of a line of the concise reporter', () => {
    assert.deepEqual(matched(conciseReport([finding])), {
      file: finding.file,
      line: '12',
      column: '7',
      severity: 'error',
      message: finding.message,
      code: finding.rule,
    });
  });

  it('reads one problem per line, whatever the message holds', () => {
    for (const message of strings) {
      const lines = conciseReport([{ ...finding, message }]).split('\n');
      assert.deepEqual(
        lines.map((line) => matched(line)?.['code']),
        [finding.rule],
        message,
      );
    }
  });
});

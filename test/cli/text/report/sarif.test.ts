import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { sarifReport } from '../../../../src/cli/text/report/sarif.js';
import type { Finding } from '../../../../src/core/finding.js';
import { consistencyRules } from '../../../../src/core/consistency/all-rules.js';
import { rules } from '../../../../src/core/inspect/rules.js';

type Text = { text: string };
type Result = {
  ruleId: string;
  ruleIndex?: number;
  level: string;
  message: Text;
  locations: {
    physicalLocation: {
      artifactLocation: { uri: string; uriBaseId: string };
      region?: { startLine: number; startColumn: number };
    };
  }[];
  partialFingerprints: Record<string, string>;
};
type Rule = {
  id: string;
  shortDescription: Text;
  fullDescription: Text;
  help: Text;
  defaultConfiguration: { level: string };
};
type Run = {
  tool: { driver: { name: string; semanticVersion: string; rules: Rule[] } };
  columnKind: string;
  results: Result[];
};
type Sarif = { $schema: string; version: string; runs: [Run] };

const finding: Finding = {
  rule: 'checksum-mismatch',
  severity: 'error',
  network: 'alpha',
  file: 'packages/ä b/deployments/x%.json',
  line: 3,
  column: 5,
  path: '/extended_Token/checksum',
  message: 'Token no longer matches',
};

function reportOf(...findings: Finding[]): Sarif {
  return JSON.parse(sarifReport(findings, '1.2.3')) as Sarif;
}

function resultOf(more: Partial<Finding>): Result {
  const [result] = reportOf({ ...finding, ...more }).runs[0].results;
  assert.ok(result !== undefined);
  return result;
}

describe('the SARIF report', () => {
  it('is one run of this tool in version 2.1.0, columns in UTF-16 units', () => {
    const { version, runs } = reportOf();
    assert.deepEqual(
      [version, runs.length, runs[0].tool.driver.name, runs[0].tool.driver.semanticVersion, runs[0].columnKind],
      ['2.1.0', 1, 'stateroot', '1.2.3', 'utf16CodeUnits'],
    );
    assert.deepEqual(runs[0].results, []);
  });

  it('explains every rule once, with its level', () => {
    const { rules: entries } = reportOf().runs[0].tool.driver;
    assert.deepEqual(
      entries.map(({ id, defaultConfiguration }) => [id, defaultConfiguration.level]),
      [...rules, ...consistencyRules].map(({ id, severity }) => [id, severity === 'info' ? 'note' : severity]),
    );
    for (const { shortDescription, fullDescription, help } of entries) {
      for (const { text } of [shortDescription, fullDescription, help]) assert.ok(text.length > 5);
    }
  });

  it('gives each finding its rule, level, place and message', () => {
    const { runs } = reportOf(finding);
    const result = resultOf({});
    assert.equal(runs[0].tool.driver.rules[result.ruleIndex ?? -1]?.id, 'checksum-mismatch');
    assert.equal(result.ruleId, 'checksum-mismatch');
    assert.deepEqual(result.locations, [
      {
        physicalLocation: {
          artifactLocation: { uri: 'packages/%C3%A4%20b/deployments/x%25.json', uriBaseId: '%SRCROOT%' },
          region: { startLine: 3, startColumn: 5 },
        },
      },
    ]);
    assert.deepEqual([result.level, result.message.text], ['error', 'Token no longer matches']);
  });

  it('leaves out the region of a finding without position and the index of an unknown rule', () => {
    const { line, column, ...placeless } = finding;
    assert.deepEqual([line, column], [3, 5]);
    const [result] = reportOf({ ...placeless, rule: 'not-a-rule' }).runs[0].results;
    assert.equal(result?.ruleIndex, undefined);
    assert.equal(result?.locations[0]?.physicalLocation.region, undefined);
  });

  it('has a fingerprint of rule, file and path that lines do not change', () => {
    const of = (more: Partial<Finding>) => Object.values(resultOf(more).partialFingerprints).join();
    assert.match(of({}), /^[0-9a-f]{64}$/);
    assert.equal(of({ line: 99, message: 'other words' }), of({}));
    for (const more of [{ rule: 'chain-id' }, { file: 'other.json' }, { path: '/other' }]) {
      assert.notEqual(of(more), of({}));
    }
  });

  it('whatever the file says, is JSON with a relative address and no link in a message', () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom('[a](http://x)', 'javascript:x', '//host/x', '..\\x')),
        (text) => {
          const { locations, message } = resultOf({ file: text, message: text, hint: text });
          assert.doesNotMatch(message.text, /\]\(/);
          const { uri } = locations[0]?.physicalLocation.artifactLocation ?? { uri: ':' };
          assert.doesNotMatch(uri, /[^\w./%~!*'()-]/);
        },
      ),
    );
  });
});

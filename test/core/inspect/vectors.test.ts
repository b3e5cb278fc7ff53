import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { inspectFile } from '../../../src/core/inspect/inspect.js';
import { sharedData } from '../../support/shared-data.js';

type Expected = { rule: string; severity: string; path: string; line: number; column: number };
type Vector = { name: string; file: string; text?: string; base64?: string; expect: Expected[] };

describe('the shared vectors of invalid files', () => {
  const file = sharedData('format-vectors', 'invalid.json');
  const vectors = file === null ? [] : (JSON.parse(readFileSync(file, 'utf8')) as { vectors: Vector[] }).vectors;

  it('are all here', (t) => {
    if (file === null) {
      t.skip('shared data is not here');
      return;
    }
    assert.ok(vectors.length >= 92);
  });

  for (const vector of vectors) {
    it(`${vector.name}: each finding, its place and the order`, () => {
      const bytes =
        vector.text === undefined ? Buffer.from(vector.base64 ?? '', 'base64') : Buffer.from(vector.text, 'utf8');
      const findings = inspectFile({ path: `deployments/unified/${vector.file}`, mode: '100644', bytes });
      const shown = findings.map(({ rule, severity, path, line, column }) => ({ rule, severity, path, line, column }));
      assert.deepEqual(shown, vector.expect);
      for (const finding of findings) assert.ok(finding.message !== '' && finding.hint !== undefined);
    });
  }
});

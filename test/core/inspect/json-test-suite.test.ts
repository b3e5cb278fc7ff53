import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { inspectFile } from '../../../src/core/inspect/inspect.js';
import { rules } from '../../../src/core/inspect/rules.js';
import { readValue } from '../../../src/core/text/read.js';
import { sharedData } from '../../support/shared-data.js';

const path = 'deployments/unified/examplenet.unified.json';

describe('JSONTestSuite as network files', () => {
  it('is refused to the last file, each by a rule that is explained', (t) => {
    const folder = sharedData('corpora', 'JSONTestSuite', 'test_parsing');
    if (folder === null) {
      t.skip('the shared corpora are not here');
      return;
    }
    const files = readdirSync(folder).map((name) => ({ name, bytes: readFileSync(join(folder, name)) }));
    const wrong = files.filter(({ bytes }) => {
      const errors = inspectFile({ path, mode: '100644', bytes }).filter((finding) => finding.severity === 'error');
      return (
        errors.length === 0 ||
        errors.some((finding) => !rules.some((rule) => rule.id === finding.rule) || finding.line === undefined)
      );
    });
    assert.equal(files.length, 318);
    assert.deepEqual(
      wrong.map(({ name }) => name),
      [],
    );
  });

  it('reads and refuses as FORMAT §2 says, kind by kind', (t) => {
    const folder = sharedData('corpora', 'JSONTestSuite', 'test_parsing');
    if (folder === null) {
      t.skip('the shared corpora are not here');
      return;
    }
    const counted: Record<string, number> = {};
    for (const name of readdirSync(folder)) {
      const kind = `${name.slice(0, 1)} ${readValue(readFileSync(join(folder, name))).ok ? 'read' : 'refused'}`;
      counted[kind] = (counted[kind] ?? 0) + 1;
    }
    assert.deepEqual(counted, { 'i read': 1, 'i refused': 34, 'n refused': 188, 'y read': 86, 'y refused': 9 });
  });
});

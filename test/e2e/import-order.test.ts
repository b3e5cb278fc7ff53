import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { describe, it, type TestContext } from 'node:test';
import { stateroot } from '../support/command-line.js';
import { sharedData } from '../support/shared-data.js';
import { tempRepository } from '../support/temp-repository.js';

describe('the real LookCoin sources, imported one after the other', () => {
  it('come to the same network files whichever comes first', (t) => {
    const database = sharedData('lookcoin', 'leveldb');
    const older = sharedData('lookcoin', 'legacy-json');
    if (database === null || older === null) {
      t.skip('the shared data is not there');
      return;
    }
    const sources: [string, string][] = [
      ['leveldb', database],
      ['json', older],
    ];
    const one = importedInOrder(t, sources);
    const other = importedInOrder(t, sources.toReversed());
    assert.deepEqual(other, one);
    assert.equal(one.filter((text) => text.includes('CrossChainRouter')).length, 2);
  });
});

function importedInOrder(t: TestContext, sources: readonly [string, string][]): string[] {
  const temp = tempRepository(t);
  for (const [format, path] of sources) assert.equal(stateroot(temp, ['import', format, path, '--here']).code, 0);
  assert.equal(stateroot(temp, ['validate']).code, 0);
  const files = readdirSync(temp.at('deployments/unified')).sort();
  return files.map((name) => readFileSync(temp.at(`deployments/unified/${name}`), 'utf8'));
}

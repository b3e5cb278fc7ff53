import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { foldFile } from '../../../src/core/fold/fold.js';
import { readFoldSource } from '../../../src/core/fold/fold-source.js';
import type { Json } from '../../../src/core/json.js';
import { canonicalize } from '../../../src/core/text/canonical.js';
import { sharedData } from '../../support/shared-data.js';

type Vector = {
  name: string;
  text: string;
  canonical: string;
  folded: Json[];
  ambiguous: Json[];
  quarantined: Json[];
};

describe('the shared vectors of folding', () => {
  const file = sharedData('format-vectors', 'fold.json');
  const vectors = file === null ? [] : (JSON.parse(readFileSync(file, 'utf8')) as { vectors: Vector[] }).vectors;

  it('are all here', (t) => {
    if (file === null) {
      t.skip('shared data is not here');
      return;
    }
    assert.ok(vectors.length >= 22);
  });

  for (const vector of vectors) {
    it(`${vector.name}: the text to the byte, and every report`, () => {
      const { network, chainId } = JSON.parse(vector.text) as { network: string; chainId: number };
      const read = readFoldSource(Buffer.from(vector.text));
      assert.ok(read.ok);
      const folded = foldFile(read.source, { network, chainId });
      assert.ok(folded.ok);
      assert.equal(folded.text, vector.canonical);
      assert.deepEqual(asSet(folded.folded), asSet(vector.folded));
      assert.deepEqual(asSet(folded.ambiguous), asSet(vector.ambiguous));
      const quarantined = folded.quarantined.map(({ key, reason, value }) => ({ key, reason, value }));
      assert.deepEqual(asSet(quarantined), asSet(vector.quarantined));
    });
  }
});

function asSet(items: readonly Json[]): string[] {
  return items.map(canonicalize).sort();
}

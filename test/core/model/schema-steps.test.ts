import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { inspectFile } from '../../../src/core/inspect/inspect.js';
import { evolve, type SchemaStep } from '../../../src/core/model/schema-steps.js';
import { networkFileText, parseNetworkFile } from '../../../src/core/model/network-file.js';
import { StateManagerError } from '../../../src/errors.js';
import { networkText, proxied } from '../../support/deployments.js';

// A schema of this test only: 3.1 writes down who maintains a file, 3.2 calls it by another name.
const withMaintainer: SchemaStep = {
  from: '3.0.0',
  to: '3.1.0',
  apply: (root) => ({ ...root, maintainer: 'unknown' }),
};
const renamed: SchemaStep = {
  from: '3.1.0',
  to: '3.10.0',
  apply: ({ maintainer = null, ...rest }) => ({ ...rest, maintainers: [maintainer] }),
};

describe('steps from one schema version to the next', () => {
  const text = networkText('bsctestnet', 97, { Token: proxied('Token') });
  const parsed = parseNetworkFile(Buffer.from(text));
  assert.ok(parsed.ok);
  const { file } = parsed;

  it('are taken in order from the version of the file, whatever their order in the registry', () => {
    const evolved = evolve(file.root, [renamed, withMaintainer]);
    assert.deepEqual(evolved, { ...file.root, schemaVersion: '3.10.0', maintainers: ['unknown'] });
  });

  it('leave a file alone that none of them begins at', () => {
    assert.equal(evolve(file.root, []), file.root);
    assert.equal(evolve(file.root, [renamed]), file.root);
    const unversioned = Object.fromEntries(Object.entries(file.root).filter(([key]) => key !== 'schemaVersion'));
    assert.equal(evolve(unversioned, [withMaintainer]), unversioned);
  });

  it('keep what is there: records read alike, and their checksums hold', () => {
    const evolved = { ...file, root: evolve(file.root, [withMaintainer]) };
    const path = 'deployments/unified/bsctestnet.unified.json';
    const bytes = Buffer.from(networkFileText(evolved));
    // This version reads a newer minor one, and says so.
    assert.deepEqual(
      inspectFile({ path, mode: '100644', bytes }).map(({ rule }) => rule),
      ['schema-newer'],
    );
  });

  it('are refused where they have no one outcome', () => {
    const back: SchemaStep = { ...renamed, to: '3.0.9' };
    for (const steps of [[withMaintainer, withMaintainer], [back], [{ ...back, to: '3.1.0' }]]) {
      assert.throws(
        () => evolve(file.root, steps),
        (error) => error instanceof StateManagerError && error.code === 'MIGRATION_FAILED',
      );
    }
  });
});

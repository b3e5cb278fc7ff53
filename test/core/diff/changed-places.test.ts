import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { changedPlaces } from '../../../src/core/diff/changed-places.js';
import { parseNetworkFile } from '../../../src/core/model/network-file.js';
import { address, codeHash, networkText, proxied } from '../../support/deployments.js';

const contract = proxied('Token', 1, { deploymentArgs: ['a', 'b'], source: { tool: 'hardhat' } });
const text = networkText('alpha', 7, { Token: contract, Other: proxied('Other') });

function changed(edited: string): { source: string; before?: unknown; after?: unknown }[] {
  const [base, head] = [text, edited].map((each) => parseNetworkFile(Buffer.from(each)));
  assert.ok(base?.ok === true && head?.ok === true);
  return changedPlaces(base.file, head.file, edited, 'Token').map(({ line, column, ...values }) => ({
    source: edited.split('\n')[line - 1]?.slice(column - 1) ?? '',
    ...values,
  }));
}

describe('the changed places of a record', () => {
  it('are none of a record that is as it was, whatever happened to another', () => {
    assert.deepEqual(changed(text.replace(address('Other 1'), address('evil'))), []);
  });

  it('point at each changed value, in the order of the text', () => {
    const edited = text.replace(address('Token 1'), address('evil')).replace(codeHash('Token 1'), codeHash('evil'));
    assert.deepEqual(changed(edited), [
      { source: `"${address('evil')}",`, before: address('Token 1'), after: address('evil') },
      { source: `"${codeHash('evil')}",`, before: codeHash('Token 1'), after: codeHash('evil') },
    ]);
  });

  it('go down to the item of an array and the member of an object', () => {
    assert.deepEqual(changed(text.replace('"b"', '"c"')), [{ source: '"c"', before: 'b', after: 'c' }]);
    assert.deepEqual(changed(text.replace('"hardhat"', '"foundry"')), [
      { source: '"foundry"', before: 'hardhat', after: 'foundry' },
    ]);
  });

  it('of an array that grew are the whole array', () => {
    const [change] = changed(text.replace('"b"', '"b",\n      "c"'));
    assert.deepEqual(
      [change?.before, change?.after],
      [
        ['a', 'b'],
        ['a', 'b', 'c'],
      ],
    );
  });

  it('of a value that is gone are the object above it', () => {
    const [change] = changed(text.replace(`,\n        "proxy": "${address('Token proxy')}"`, ''));
    assert.deepEqual(change, { source: '{', before: address('Token proxy') });
  });

  it('are the checksum only when nothing else changed', () => {
    const checksum = /"extended_Token"[\s\S]*?"(sha256:[0-9a-f]{64})"/.exec(text)?.[1] ?? '';
    const other = `sha256:${'0'.repeat(64)}`;
    assert.deepEqual(
      changed(text.replace(checksum, other)).map(({ after }) => after),
      [other],
    );
    assert.deepEqual(
      changed(text.replace(checksum, other).replace('"b"', '"c"')).map(({ after }) => after),
      ['c'],
    );
  });
});

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { stateToCheck } from '../../../src/core/consistency/check.js';
import { connectionsOf } from '../../../src/core/report/connections.js';
import { countCells, drifts, type Matrix, matrixOf } from '../../../src/core/report/matrix.js';
import { readSnapshot } from '../../../src/core/snapshot.js';
import { codeHash, proxied, stateFiles } from '../../support/deployments.js';
import { filesOf, type Networks, smallState } from '../../support/report.js';

function stateOf(files: Readonly<Record<string, string>>) {
  const read = Object.entries(files).map(([path, text]) => ({ path, bytes: Buffer.from(text) }));
  return stateToCheck(readSnapshot(read, ''), {});
}

function matrixOfNetworks(networks: Networks): Matrix {
  return matrixOf(stateOf(filesOf(networks)));
}

describe('the matrix of a report', () => {
  it('gives A to the commonest code, and marks the others as different', () => {
    const { networks, rows } = matrixOf(stateOf(smallState('Odd')));
    assert.deepEqual(
      networks.map(({ name }) => name),
      ['bscmainnet', 'basesepolia', 'bsctestnet', 'optimismsepolia'],
    );
    const token = rows.find(({ name }) => name === 'Token');
    assert.deepEqual(
      token?.versions.map(({ letter, hash, networks: count, differs }) => [letter, hash, count, differs]),
      [
        ['A', codeHash('Token 1'), 3, false],
        ['B', codeHash('Token 2'), 1, true],
      ],
    );
    assert.deepEqual(
      rows.filter(drifts).map(({ name }) => name),
      ['Token'],
    );
  });

  it('says missing only where the set of the tier demands the contract', () => {
    const matrix = matrixOf(stateOf(smallState('Odd')));
    const statuses = matrix.rows.find(({ name }) => name === 'Oracle')?.cells.map(({ status }) => status);
    assert.deepEqual(statuses, ['absent', 'recorded', 'recorded', 'missing']);
    assert.equal(countCells(matrix, 'missing'), 1);
    assert.equal(countCells(matrix, 'recorded'), 9);
  });

  it('compares no hashes of different schemes', () => {
    const scheme = (version: number, hashScheme: string) => ({ Token: proxied('Token', version, { hashScheme }) });
    const { rows } = matrixOfNetworks({
      one: { chainId: 1001, contracts: scheme(1, 'creation-nometa') },
      two: { chainId: 1002, contracts: scheme(2, 'runtime-nometa') },
    });
    assert.equal(rows[0]?.versions.length, 2);
    assert.equal(rows.some(drifts), false);
  });

  it('goes on after Z with AA', () => {
    const networks = Object.fromEntries(
      Array.from({ length: 28 }, (_, at) => [
        `n${at}`,
        { chainId: 2000 + at, contracts: { Token: proxied('Token', at) } },
      ]),
    );
    const letters = matrixOf(stateOf(stateFiles(networks))).rows[0]?.versions.map(({ letter }) => letter);
    assert.deepEqual(letters?.slice(24), ['Y', 'Z', 'AA', 'AB']);
  });

  it('takes names of prototypes for what they are: names', () => {
    const { rows } = matrixOfNetworks({
      one: { chainId: 1001, contracts: { constructor: proxied('a'), toString: proxied('b') } },
    });
    assert.deepEqual(
      rows.map(({ name }) => name),
      ['constructor', 'toString'],
    );
  });
});

describe('the connections of a report', () => {
  it('say who says it, and whether tiers are crossed', () => {
    const { connections, elsewhere } = connectionsOf(stateOf(smallState('Odd')));
    assert.deepEqual(
      connections.map(({ from, to, mutual, crossTier, protocols }) => [from, to, mutual, crossTier, protocols]),
      [
        ['basesepolia', 'bsctestnet', true, false, ['layerZero']],
        ['basesepolia', 'optimismsepolia', false, false, ['layerZero']],
        ['bscmainnet', 'bsctestnet', false, true, ['layerZero']],
      ],
    );
    assert.deepEqual(elsewhere, []);
  });

  it('name the chains that have no file here', () => {
    const lists = { topology: { connectedChains: [{ chainId: 56 }, { chainId: 424242 }] } };
    const { elsewhere } = connectionsOf(
      stateOf(filesOf({ bsctestnet: { chainId: 97, contracts: { Token: proxied('Token') }, sections: lists } })),
    );
    assert.deepEqual(elsewhere, [
      { network: 'bsctestnet', chainId: 56, name: 'bscmainnet' },
      { network: 'bsctestnet', chainId: 424242, name: null },
    ]);
  });
});

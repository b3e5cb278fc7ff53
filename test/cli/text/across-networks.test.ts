import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { elsewhereLines, renderAcrossNetworks } from '../../../src/cli/text/across-networks.js';
import { renderChanges } from '../../../src/cli/text/changes.js';
import { diffSnapshots } from '../../../src/core/diff/diff.js';
import { readSnapshot, type Snapshot } from '../../../src/core/snapshot.js';
import { address, codeHash, type Contract, proxied, stateFiles } from '../../support/deployments.js';
import { terminal } from '../../support/verb-context.js';

const digits = (version: number) => codeHash(`Token ${version}`).slice(2, 10);

/** Networks in the order of their chain ids, from 1. */
function snapshot(tokens: Readonly<Record<string, Contract>>): Snapshot {
  const networks = Object.entries(tokens).map(
    ([network, Token], i) => [network, { chainId: i + 1, contracts: { Token } }] as const,
  );
  const files = stateFiles(Object.fromEntries(networks));
  return readSnapshot(
    Object.entries(files).map(([path, text]) => ({ path, bytes: Buffer.from(text) })),
    '',
  );
}

const versions = (...numbers: readonly number[]) =>
  snapshot(Object.fromEntries(numbers.map((number, i) => [`net${i}`, proxied('Token', number)])));

describe('the code of a change on other networks', () => {
  const elsewhere = (before: Snapshot, after: Snapshot) => {
    const [change] = diffSnapshots(before, after);
    const [contract] = change?.contracts ?? [];
    assert.ok(change !== undefined && contract !== undefined);
    return elsewhereLines(change.network, contract, after.networks, terminal);
  };

  it('is told for the new and for the old hash', () => {
    assert.deepEqual(elsewhere(versions(1, 1, 2, 1), versions(2, 1, 2, 1)), [
      `  elsewhere        ${digits(2)} on net2; ${digits(1)} on net1, net3`,
    ]);
  });

  it('is not told where no other network has either', () => {
    assert.deepEqual(elsewhere(versions(1, 3), versions(2, 3)), []);
  });

  it('takes one line per hash when there are many, and counts what does not fit', () => {
    const many = (first: number) => versions(first, ...Array.from({ length: 40 }, (_, i) => 1 + (i % 2)));
    const lines = elsewhere(many(1), many(2));
    assert.equal(lines.length, 2);
    for (const line of lines) {
      assert.ok(line.length <= 100, line);
      assert.match(line, / and \d+ more$/);
    }
  });
});

describe('the state across networks after a change', () => {
  const across = (before: Snapshot, after: Snapshot) =>
    renderAcrossNetworks(diffSnapshots(before, after), after.networks, terminal);

  it('lists each code of a changed contract, what was just written first', () => {
    assert.deepEqual(across(versions(1, 1, 1), versions(2, 1, 1)).split('\n'), [
      'Across networks after this change',
      `  Token            ${digits(2)} on 1 (net0)`,
      `                   ${digits(1)} on 2 (net1, net2)`,
    ]);
  });

  it('is empty when all networks run one code', () => {
    assert.equal(across(versions(1, 2), versions(2, 2)), '');
  });

  it('is empty when no code changed', () => {
    const dated = snapshot({ net0: proxied('Token', 1, { timestamp: 1_755_000_000_001 }), net1: proxied('Token', 2) });
    assert.equal(across(versions(1, 2), dated), '');
  });
});

describe('a single upgrade', () => {
  it('shows the proxy it keeps', () => {
    const after = versions(2, 1);
    const text = renderChanges(diffSnapshots(versions(1, 1), after), terminal, after.networks);
    assert.ok(text.includes(`  proxy            ${address('Token proxy')}  unchanged\n`), text);
  });

  it('to new code under the old hash names the network that has the new one', () => {
    const kept = { implementationHash: codeHash('Token 1') };
    const after = snapshot({ net0: proxied('Token', 2), net1: proxied('Token', 2, kept) });
    const text = renderChanges(diffSnapshots(versions(1, 1), after), terminal, after.networks);
    assert.match(
      text,
      new RegExp(`code hash +${digits(1)}, unchanged\n +why +the upgrade on net0 has .* ${digits(2)};`),
    );
  });
});

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { countChanges, renderChanges } from '../../../src/cli/text/changes.js';
import type { ContractChange, NetworkChange } from '../../../src/core/diff/diff.js';
import { address, codeHash } from '../../support/deployments.js';
import { terminal } from '../../support/verb-context.js';

const upgrade: ContractChange = {
  name: 'Oracle',
  category: 'core',
  status: 'modified',
  kind: 'upgrade',
  danger: null,
  fields: [
    { path: 'implementation', before: address(1), after: address(2) },
    { path: 'implementationHash', before: codeHash(1), after: codeHash(2) },
  ],
};
const deploy: ContractChange = {
  name: 'Module',
  category: 'protocol',
  status: 'added',
  kind: 'deploy',
  danger: null,
  fields: [
    { path: 'proxy', after: address(3) },
    { path: 'implementation', after: address(4) },
    { path: 'timestamp', after: 1 },
  ],
};
const removed: ContractChange = {
  ...deploy,
  status: 'removed',
  kind: 'remove',
  danger: 'removed',
  fields: [{ path: 'proxy', before: address(3) }],
};
const moved: ContractChange = {
  ...upgrade,
  kind: 'redeploy',
  danger: 'proxy-changed',
  fields: [{ path: 'proxy', before: address(5), after: address(6) }],
};
const metadata: ContractChange = {
  ...upgrade,
  kind: 'metadata',
  fields: [{ path: 'timestamp', before: 1753357344850, after: 1753357344000 }],
};

function network(name: string, chainId: number, ...contracts: ContractChange[]): NetworkChange {
  return { network: name, chainId, status: 'modified', contracts, sections: [] };
}

function heads(networks: NetworkChange[]): string[] {
  return renderChanges(networks, terminal)
    .split('\n')
    .filter((line) => /^\S/.test(line))
    .map((line) => line.replace(/ {2,}/g, ' ').trim());
}

describe('changes as text', () => {
  it('a single upgrade stacks before and after and shows whole hashes', () => {
    assert.equal(
      renderChanges([network('basesepolia', 84532, upgrade)], terminal),
      [
        '↑ upgrade  basesepolia / Oracle                          core, chain 84532, testnet',
        `  implementation   ${address(1)}`,
        `                 → ${address(2)}`,
        `  code hash        ${codeHash(1)}`,
        `                 → ${codeHash(2)}`,
      ].join('\n'),
    );
  });

  it('among several an upgrade recognises its code by 8 digits and a deployment shows where it is', () => {
    assert.equal(
      renderChanges([network('basesepolia', 84532, deploy, upgrade)], terminal),
      [
        '↑ upgrade  basesepolia / Oracle                          core, chain 84532, testnet',
        `  implementation   ${address(1)}`,
        `                 → ${address(2)}`,
        `  code hash        ${codeHash(1).slice(2, 10)} → ${codeHash(2).slice(2, 10)}`,
        '+ deploy   basesepolia / Module                          protocol, chain 84532, testnet',
        `  proxy            ${address(3)}`,
        `  implementation   ${address(4)}`,
      ].join('\n'),
    );
  });

  it('the worst comes first, mainnet before testnet within a rank', () => {
    const networks = [
      network('arbitrary', 424242, metadata, { ...deploy, name: 'New' }),
      network('bsctestnet', 97, upgrade, removed),
      network('bscmainnet', 56, upgrade, moved, { ...upgrade, danger: 'same-code-hash' }),
    ];
    assert.deepEqual(heads(networks), [
      '✖ PROXY CHANGED bscmainnet / Oracle core, chain 56, mainnet',
      '✖ REMOVED bsctestnet / Module protocol, chain 97, testnet',
      '✖ SAME CODE HASH bscmainnet / Oracle core, chain 56, mainnet',
      '↑ upgrade bscmainnet / Oracle core, chain 56, mainnet',
      '↑ upgrade bsctestnet / Oracle core, chain 97, testnet',
      '+ deploy arbitrary / New protocol, chain 424242',
      '~ metadata arbitrary / Oracle core, chain 424242',
    ]);
    assert.deepEqual(countChanges(networks), { changes: 7, dangers: 3, text: '7 changes on 3 networks' });
  });

  it('a removed contract shows the addresses it had', () => {
    assert.match(renderChanges([network('bsctestnet', 97, removed)], terminal), new RegExp(address(3)));
  });

  it('a plain contract at a new address is no changed proxy', () => {
    const plain = { ...moved, fields: [{ path: 'implementation', before: address(5), after: address(6) }] };
    assert.equal(heads([network('a', 97, plain)])[0]?.startsWith('✖ ADDRESS CHANGED'), true);
  });

  it('short values stand on one line', () => {
    assert.match(
      renderChanges([network('a', 97, metadata)], terminal),
      /^ {2}timestamp {8}1753357344850 → 1753357344000$/m,
    );
  });

  it('of arguments only the items that differ are shown', () => {
    const args = { path: 'deploymentArgs', before: [address(1), 7, { x: 1 }], after: [address(2), 7, { x: 2 }, 'new'] };
    assert.equal(
      renderChanges([network('a', 97, { ...metadata, fields: [args] })], terminal)
        .split('\n')
        .slice(1)
        .join('\n'),
      [
        `  arguments 0      ${address(1)}`,
        `                 → ${address(2)}`,
        '  arguments 2 x    1 → 2',
        '  arguments 3      new',
      ].join('\n'),
    );
  });

  it('a big integer is shown by its digits', () => {
    const field = { path: 'x', after: { _type: 'bigint', _value: '1000000000000000000000' } };
    assert.match(
      renderChanges([network('a', 97, { ...metadata, fields: [field] })], terminal),
      /x +1000000000000000000000$/,
    );
  });

  it('sections are listed by their pointers', () => {
    const change = { ...network('a', 97), sections: [{ path: '/topology/hub', before: 1, after: 2 }] };
    assert.equal(heads([change])[0], '~ sections a chain 97, testnet');
    assert.match(renderChanges([change], terminal), /\/topology\/hub +1 → 2/);
  });

  it('control characters of names and values are spelled out', () => {
    const evil = { ...metadata, name: 'A\u001b[2J', fields: [{ path: 'note\u202e', before: 'x', after: '\u0007\n' }] };
    assert.doesNotMatch(
      renderChanges([network('a\u009b', 97, evil)], terminal).replaceAll('\n', ''),
      /[\u0000-\u001f\u007f-\u009f\u202e]/,
    );
  });

  it('without UTF-8 the marks are letters and nothing lies beyond ASCII', () => {
    const text = renderChanges([network('a', 97, removed, upgrade, metadata)], { ...terminal, unicode: false });
    assert.match(text, /^x REMOVED/);
    assert.match(text, /^ {16}-> 0x/m);
    assert.match(text, /^[\x20-\x7e\n]*$/);
  });

  it('nothing changed is no text', () => {
    assert.equal(renderChanges([], terminal), '');
  });
});

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { networkFilePath } from '../../src/core/layout.js';
import { statejson } from '../support/command-line.js';
import { address, codeHash, proxied, stateFiles } from '../support/deployments.js';
import { entriesOf, makeStore } from '../support/leveldb-store.js';
import { type TempRepository, tempRepository } from '../support/temp-repository.js';

// `--json` is an interface: its keys and their order are frozen here. A key may be added; none is renamed, moved or
// removed within a major version.
// Written: `name` a text, `name#` a number, `name?` a boolean, `name=null`, `name{…}` an object, `name[…]` the different
// forms of its items.

const fields = 'fields[{path before after}]';
const contract = (danger: string, its = fields) => `name category status kind ${danger} ${its}`;
const change = (danger: string, its = fields) => `{network chainId# ${contract(danger, its)}}`;
const head = 'network chainId# category contractName networkName address';
const token = `{${head} proxyAddress implementationHash deploymentArgs[text|{_type _value}] timestamp# checksum}`;
const commit = 'commit time author email';

const upgrade = [
  ...['put', 'bscmainnet', 'Token'],
  ...['--set', `implementation=${address('Token 2')}`, '--set', `implementationHash=${codeHash('Token 2')}`],
];

/** In this order, in one repository. */
const answers: readonly [string, readonly string[], string][] = [
  ['a write', upgrade, `{commit changed? changes[${change('danger=null')}]}`],
  ['a write of what is there', upgrade, '{commit=null changed? changes[]}'],
  ['get', ['get', 'bscmainnet', 'Token'], token],
  ['list', ['list'], `[${token}|{${head} checksum}|{${head} proxyAddress implementationHash timestamp# checksum}]`],
  ['find', ['find', address('Token 2')], '[{network contractName category field value}]'],
  [
    'find --history',
    ['find', address('Token 1'), '--history'],
    '[{network contractName category field value commit time removedBy}|' +
      '{network contractName category field value commit time removedBy=null}]',
  ],
  [
    'log',
    ['log', 'bsctestnet', 'Token'],
    `[{${commit} kinds[text] changes[${change('danger=null', 'fields[{path after}|{path after#}]')}] sections[]}]`,
  ],
  ['blame', ['blame', 'bsctestnet', 'Token'], `[{field value ${commit}}|{field value# ${commit}}]`],
  [
    'diff',
    ['diff', 'HEAD~1..HEAD'],
    `{base head networks[{network chainId# status contracts[{${contract('danger=null')}}] sections[]}]}`,
  ],
  [
    'delete',
    ['delete', 'bscmainnet', 'Vault'],
    `{commit changed? changes[${change('danger', 'fields[{path before}]')}]}`,
  ],
  [
    'import',
    ['import', 'leveldb', 'leveldb'],
    '{branch commits[text] imported[{network contractName}] unchanged# ' +
      'quarantined[{key reason value{chainId# networkName contractName address timestamp#} file}] ' +
      'recovered[] folded[] ambiguous[]}',
  ],
  [
    'status',
    ['status'],
    '{branch commit upstream=null roots[{root networks[{network chainId# records#}] unreadable[]}] ' +
      'lastChange{commit author time subject} edited[] conflicted[] unfinished[] gate{active? hook path reason fix} next}',
  ],
  ['doctor', ['doctor'], '{checks[{check severity message}|{check severity message fix}] fixed[]}'],
  ['fmt', ['fmt'], '{changed[] unchanged#}'],
  ['validate', ['validate'], '{files[text]}'],
];

const finding = '[{rule severity network contract file line# column# path message hint}]';

describe('the form of --json', () => {
  it('is the same as ever, verb by verb', async (t) => {
    const temp = await prepared(t);
    for (const [what, args, form] of answers) {
      const answer = statejson(temp, args);
      assert.equal(shape(answer.data), form, what);
      assert.deepEqual(Object.keys(answer), ['ok', 'data', 'findings', 'code'], what);
    }
  });

  it('lists findings beside the data', async (t) => {
    const temp = await prepared(t);
    const path = networkFilePath('', 'bscmainnet');
    temp.write(path, readFileSync(temp.at(path), 'utf8').replace(address('Token 1'), address('evil')));
    const { ok, data, findings } = statejson(temp, ['validate']);
    assert.deepEqual([ok, shape(data), shape(findings)], [false, '{files[text]}', finding]);
    assert.deepEqual(statejson(temp, ['validate', '--reporter', 'json']).findings, findings);
  });

  it('has an error behind the data when a command is refused', async (t) => {
    const answer = statejson(await prepared(t), ['get', 'bscmainnet', 'Tokn']);
    assert.deepEqual(Object.keys(answer), ['ok', 'data', 'findings', 'error', 'code']);
    assert.equal(shape(answer.error), '{code message hint details{network name near[text]}}');
    assert.deepEqual([answer.ok, answer.data, answer.findings], [false, null, []]);
  });
});

async function prepared(t: { after(run: () => void): void }): Promise<TempRepository> {
  const temp = tempRepository(t);
  const token = proxied('Token', 1, { deploymentArgs: ['a', { _type: 'bigint', _value: '1' }] });
  const files = stateFiles({
    bscmainnet: { chainId: 56, contracts: { Token: token, Vault: { fields: { implementation: address('Vault') } } } },
    bsctestnet: { chainId: 97, contracts: { Token: proxied('Token') } },
  });
  for (const [path, text] of Object.entries(files)) temp.write(path, text);
  temp.commitAll('Start');
  temp.write('.git/info/exclude', 'leveldb/\n');
  const entry = { chainId: 56, networkName: 'bsc', contractName: 'Fee', address: address('Fee'), timestamp: 1e12 };
  const bad = { ...entry, contractName: 'Bad', address: '0x12' };
  await makeStore(temp.at('leveldb'), entriesOf({ '56-Fee': entry, '56-Bad': bad }));
  return temp;
}

function shape(value: unknown): string {
  if (typeof value === 'string') return 'text';
  if (Array.isArray(value)) return `[${[...new Set(value.map(shape))].join('|')}]`;
  if (typeof value !== 'object' || value === null) return suffix(value);
  return `{${Object.entries(value)
    .map(([key, item]) => key + suffix(item))
    .join(' ')}}`;
}

function suffix(value: unknown): string {
  if (typeof value === 'string') return '';
  if (typeof value === 'number') return '#';
  if (typeof value === 'boolean') return '?';
  return value === null ? '=null' : shape(value);
}

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { networkFilePath, unifiedFolder } from '../../src/core/layout.js';
import { stateroot, statejson } from '../support/command-line.js';
import { address } from '../support/deployments.js';
import { type TempRepository, tempRepository } from '../support/temp-repository.js';

const folder = unifiedFolder('');
const path = networkFilePath('', 'bsctestnet');
/** As deploy scripts wrote it: nothing of it is canonical, one entry is no record, one field says two things. */
const habit = JSON.stringify(
  {
    schemaVersion: '3.0.0',
    network: 'bsctestnet',
    chainId: 97,
    metadata: {},
    contracts: {
      core: { Token: { address: address('Token'), timestamp: 2_000_000_000_000 }, Empty: {} },
    },
    configuration: {},
    topology: {},
    extended_Token: { timestamp: 1_754_079_530_056 },
  },
  null,
  4,
);
const backup = `${folder}/bsctestnet.unified.backup-1754079530056.json`;

describe('stateroot import unified', () => {
  it('adopts the committed files in place: valid, nothing else touched, and never twice', (t) => {
    const temp = prepared(t, { [path]: habit, [backup]: 'no JSON at all' });
    assert.equal(stateroot(temp, ['validate']).code, 1);
    const { code, data } = statejson(temp, ['import', 'unified', folder, '--here']);
    const { commits, ...rest } = data as Readonly<Record<string, unknown>>;
    assert.equal(code, 0);
    assert.deepEqual(commits, [temp.git('rev-parse', 'HEAD')]);
    const [field, kept, other] = ['/contracts/core/Token/timestamp', 1_754_079_530_056, 2_000_000_000_000];
    assert.deepEqual(rest, {
      branch: 'main',
      imported: [{ network: 'bsctestnet', contractName: 'Token' }],
      unchanged: 0,
      quarantined: [
        { key: '/contracts/core/Empty', reason: 'record-address', value: { entry: {} }, file: path },
        { key: field, reason: 'field-conflict', value: other, file: path },
      ],
      recovered: [],
      folded: [
        {
          rule: 'field-reserved',
          file: path,
          path: '/contracts/core/Token/address',
          to: '/contracts/core/Token/implementation',
        },
        { rule: 'section-missing', file: path, path: '/fileVersion' },
      ],
      ambiguous: [{ rule: 'field-conflict', file: path, path: field, kept, other }],
    });
    assert.equal(stateroot(temp, ['validate']).code, 0);
    assert.equal(temp.git('status', '--porcelain'), '');
    assert.equal(readFileSync(temp.at(backup), 'utf8'), 'no JSON at all');
    assert.equal(stateroot(temp, ['put', 'bsctestnet', 'Token', '--set', 'note=1']).code, 0);
    const before = temp.git('rev-parse', 'HEAD');
    assert.match(stateroot(temp, ['import', 'unified', folder, '--here']).stdout, /No commit/);
    assert.equal(temp.git('rev-parse', 'HEAD'), before);
  });

  it('brings the files of another project in on a branch and reads like a list of findings', (t) => {
    const temp = prepared(t, {
      'old/bsctestnet.unified.json': habit,
      'old/v2.unified.json': '{"schemaVersion":"2.0.0"}',
    });
    const { code, stdout, stderr } = stateroot(temp, ['import', 'unified', 'old']);
    assert.equal(code, 0);
    assert.match(stdout, /Imported 1 of 2 records to branch state\/import-unified-[0-9a-f]{12}/);
    for (const line of [
      /Passed over 1 file/,
      /old\/v2\.unified\.json .*2\.0\.0/,
      /Quarantined 2, kept word for word in deployments\/quarantine\/97\.json/,
      /field-conflict +old\/bsctestnet\.unified\.json \/contracts\/core\/Token\/timestamp +1754079530056, not 2000000000000/,
      /Folded 2/,
      /section-missing +old\/bsctestnet\.unified\.json \/fileVersion/,
      /git merge state\/import-unified-/,
    ]) {
      assert.match(stderr, line);
    }
    assert.equal(temp.git('status', '--porcelain'), '');
    assert.equal(readFileSync(temp.at('old/bsctestnet.unified.json'), 'utf8'), habit);
  });

  it('refuses what it cannot do, names the way on, and writes nothing', (t) => {
    const temp = prepared(t, { [path]: habit, 'v2.unified.json': '{"schemaVersion":"2.0.0"}', 'empty/a.json': '{}' });
    const before = temp.git('for-each-ref');
    const refusals: [readonly string[], RegExp][] = [
      [['v2.unified.json'], /2\.0\.0/],
      [['empty'], /unified\.json/],
      [[path, '--strict'], /IMPORT_STRICT|--strict/],
      [[path, '--network', 'other'], /--network/],
    ];
    for (const [args, says] of refusals) {
      const { code, stdout, stderr } = stateroot(temp, ['import', 'unified', ...args]);
      assert.deepEqual([code, stdout], [2, ''], args.join(' '));
      assert.match(stderr, says);
    }
    const dry = stateroot(temp, ['import', 'unified', folder, '--dry-run']);
    assert.match(dry.stdout, /Dry run/);
    assert.deepEqual([temp.git('for-each-ref'), temp.git('status', '--porcelain')], [before, '']);
    temp.write(path, habit.replace('97', '98'));
    assert.notEqual(stateroot(temp, ['import', 'unified', folder, '--here']).code, 0);
    assert.equal(temp.git('for-each-ref'), before);
  });
});

function prepared(t: Parameters<typeof tempRepository>[0], files: Readonly<Record<string, string>>): TempRepository {
  const temp = tempRepository(t);
  for (const [name, text] of Object.entries(files)) temp.write(name, text);
  temp.commitAll('Start');
  return temp;
}

import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { describe, it } from 'node:test';
import { type FoldedFile, foldFile } from '../../../src/core/fold/fold.js';
import { readFoldSource } from '../../../src/core/fold/fold-source.js';
import { type Json, type JsonObject, member } from '../../../src/core/json.js';
import { recordNamed } from '../../../src/core/model/network-file.js';
import { sealFile } from '../../../src/core/model/seal.js';
import { valueAt } from '../../../src/core/text/value-at.js';
import { address, codeHash } from '../../support/deployments.js';

const place = { network: 'examplenet', chainId: 4242 };
const [one, two] = [address(1), address(2)];

describe('folding section checksums', () => {
  const sections = '"configuration": {"b": 1, "10": {"y": 1, "x": 1.50}, "9": "é"}';

  for (const [order, hashed] of [
    ['the text has them', '{"b":1,"10":{"y":1,"x":1.5},"9":"é"}'],
    ['an ES object has them', '{"9":"é","10":{"y":1,"x":1.5},"b":1}'],
  ]) {
    it(`takes an old one as a match over the keys as ${order ?? ''}`, () => {
      const checksums = `{"configuration": "${oldForm(hashed ?? '')}"}`;
      const text = JSON.stringify(root()).replace('"configuration":{}', sections);
      const folded = fold(text.replace(/\}$/, `, "verification": {"dataIntegrity": {"checksums": ${checksums}}}}`));
      assert.deepEqual(
        folded.folded.map(({ rule, matched }) => [rule, matched]),
        [['section-checksum-legacy', true]],
      );
      assert.match(text0(folded, '/verification/dataIntegrity/checksums/configuration'), /^sha256:/);
    });
  }

  it('drops a full one that does not hold, and one of what has none', () => {
    const wrong = `sha256:${'0'.repeat(64)}`;
    const checksums = { topology: wrong, contracts: wrong, metadata: 'kept: no checksum' };
    const folded = fold(root({}, { verification: { dataIntegrity: { checksums } } }));
    assert.deepEqual(report(folded), [
      '? section-checksum-mismatch /verification/dataIntegrity/checksums/topology',
      '? section-checksum-scope /verification/dataIntegrity/checksums/contracts',
    ]);
    assert.deepEqual(valueAt(folded.file.root, '/verification/dataIntegrity/checksums'), {
      metadata: checksums.metadata,
    });
  });
});

describe('folding what is under another network', () => {
  it('judges checksums by what the file says, and seals by what it becomes', () => {
    const said = { ...root({ Token: { implementation: one } }), network: 'other' };
    const sealed = sealFile(said).root;
    const folded = fold(sealed);
    assert.deepEqual(report(folded), ['? network-file /network']);
    assert.notEqual(text0(folded, '/extended_Token/checksum'), valueAt(sealed, '/extended_Token/checksum'));
    const edited = { ...sealed, contracts: { core: { Token: { implementation: two } } } };
    assert.deepEqual(report(fold(edited)), ['! checksum-mismatch /contracts/core/Token', '? network-file /network']);
  });
});

describe('folding bigints', () => {
  it('tags number tokens beyond 2^53-1 and BigInt objects, and says so', () => {
    const text = JSON.stringify(root({}, { metadata: { a: 'HUGE', b: [{ type: 'BigInt', value: '7' }] } }));
    const folded = fold(text.replace('"HUGE"', '12345678901234567890'));
    assert.deepEqual(report(folded), ['bigint-form /metadata/a', 'bigint-form /metadata/b/0']);
    assert.deepEqual(valueAt(folded.file.root, '/metadata'), {
      a: { _type: 'bigint', _value: '12345678901234567890' },
      b: [{ _type: 'bigint', _value: '7' }],
    });
  });

  it('puts a broken one aside with the member that holds it, or with its record', () => {
    const broken = { _type: 'bigint', _value: 'x' };
    const folded = fold(
      root(
        { Token: { implementation: one } },
        { extended_Token: { deploymentArgs: [broken] }, metadata: { a: { list: [1, [broken]], rest: 1 } } },
      ),
    );
    assert.deepEqual(report(folded), ['! bigint-form /contracts/core/Token', '? bigint-form /metadata/a/list']);
    assert.deepEqual(valueAt(folded.file.root, '/metadata'), { a: { rest: 1 } });
  });
});

describe('folding records', () => {
  it('moves a hash that stands where the implementation belongs to the hashes, and never believes two', () => {
    const hashed = { proxy: one, implementation: codeHash(1) };
    const folded = fold(
      root({ Token: hashed, Other: hashed }, { extended_Other: { implementationHash: codeHash(2) } }),
    );
    assert.deepEqual(report(folded), [
      '? address-hash /contracts/core/Other/implementation',
      'address-hash /contracts/core/Token/implementation -> /extended_Token/implementationHash',
    ]);
    const { fields = {} } = recordNamed(folded.file, 'Token') ?? {};
    assert.deepEqual([fields['implementation'], fields['implementationHash']], [undefined, codeHash(1)]);
  });

  it('takes equal entries of two categories as one, whatever the case of their addresses', () => {
    const contracts = { core: { Token: { proxy: one } }, protocol: { Token: { proxy: one.toLowerCase() } } };
    assert.deepEqual(report(fold({ ...root(), contracts })), [
      'record-duplicate /contracts/protocol/Token -> /contracts/core/Token',
    ]);
  });

  it('keeps an extended object for the entry that can be a record', () => {
    const contracts = { core: { Token: 5 }, protocol: { Token: { proxy: one } } };
    const folded = fold({ ...root(), contracts, extended_Token: { note: 'mine' } });
    assert.deepEqual(report(folded), ['! record-type /contracts/core/Token']);
    assert.equal(text0(folded, '/extended_Token/note'), 'mine');
  });

  it('believes a checksum of ours although names of views stand beside the fields', () => {
    const sealed = sealFile(root({ Token: { implementation: one } })).root;
    const extended = valueAt(sealed, '/extended_Token') as JsonObject;
    const folded = fold({ ...sealed, extended_Token: { ...extended, contractName: 'Token', chainId: 4242 } });
    assert.deepEqual(folded.quarantined, []);
    assert.equal(folded.folded.length, 2);
  });

  it('removes fields of a wrong type, one by one', () => {
    const extended = { hashScheme: 5, deploymentArgs: 'none', aliases: ['Coin', 5], source: 'old', unknown: null };
    const folded = fold(root({ Token: { implementation: one } }, { extended_Token: extended }));
    assert.deepEqual(report(folded), [
      '? field-type /extended_Token/aliases/1',
      '? field-type /extended_Token/deploymentArgs',
      '? field-type /extended_Token/hashScheme',
      '? field-type /extended_Token/source',
    ]);
    const { checksum, ...rest } = recordNamed(folded.file, 'Token')?.fields ?? {};
    assert.ok(typeof checksum === 'string');
    assert.deepEqual(rest, { implementation: one, aliases: ['Coin'], unknown: null });
  });

  it('keeps the text of a time where the record has room for it', () => {
    const iso = '2025-08-01T20:18:50.056Z';
    const extended = { timestamp: iso, deployedAt: 'then', firstDeployedAt: iso };
    const folded = fold(root({ Token: { implementation: one } }, { extended_Token: extended }));
    assert.deepEqual(
      folded.ambiguous.map(({ path, kept, other }) => [path, kept, other]),
      [
        ['/extended_Token/timestamp', 'then', iso],
        ['/extended_Token/firstDeployedAt', 'then', iso],
      ],
    );
    assert.deepEqual(
      [number0(folded, 'timestamp'), number0(folded, 'firstDeployedAt')],
      [1754079530056, 1754079530056],
    );
  });

  it('puts a record aside as it was read, with all that was doubtful in it', () => {
    const entry = { proxy: one, implementation: '0x12', timestamp: 5 };
    const extended = { timestamp: 6, implementationHash: 'pending' };
    const folded = fold(root({ Token: entry }, { extended_Token: extended }));
    assert.deepEqual(folded.ambiguous, []);
    assert.deepEqual(
      folded.quarantined.map(({ value }) => value),
      [{ entry, extended }],
    );
  });
});

describe('folding names', () => {
  const qualified = 'contracts/Router.sol:Router';

  it('leaves a qualified name whose short name another record answers to', () => {
    const folded = fold(
      root({ [qualified]: { proxy: one }, Hub: { proxy: two } }, { extended_Hub: { aliases: ['old/Hub.sol:Router'] } }),
    );
    assert.deepEqual(report(folded), []);
    assert.notEqual(recordNamed(folded.file, qualified), null);
  });

  it('leaves two names for two contracts', () => {
    const folded = fold(root({ [qualified]: { proxy: one }, Router: { proxy: two } }));
    assert.deepEqual([report(folded), recordNamed(folded.file, qualified)?.fields['proxy']], [[], one]);
  });

  it('names the place of a moved value as it is in the result', () => {
    const folded = fold(
      root({ [qualified]: { address: one } }, { [`extended_${qualified}`]: { networkName: 'Example' } }),
    );
    assert.deepEqual(
      folded.folded.map(({ to }) => to),
      ['/extended_Router/source/networkName', '/contracts/core/Router/implementation', '/contracts/core/Router'],
    );
    const source = recordNamed(folded.file, 'Router')?.fields['source'];
    assert.deepEqual(source, { networkName: 'Example', contractName: qualified });
  });

  it('gives a claimed name to one record only', () => {
    const folded = fold(
      root(
        { A: { proxy: one }, B: { proxy: two } },
        { extended_A: { aliases: ['B', 'Coin'] }, extended_B: { source: { contractName: 'Coin' } } },
      ),
    );
    assert.deepEqual(report(folded), [
      '? alias-clash /extended_A/aliases/0',
      '? alias-clash /extended_B/source/contractName',
    ]);
    assert.deepEqual(
      folded.ambiguous.map(({ kept }) => kept),
      ['B', 'A'],
    );
  });

  it('follows a statement of an alias through another one, and takes none that is taken', () => {
    const legacy = {
      Old: { currentName: 'Older' },
      Older: { currentName: 'A', currentCategory: 'core' },
      B: { currentName: 'A' },
      Told: { currentName: 'A', since: 'then' },
    };
    const folded = fold({ ...root(), contracts: { core: { A: { proxy: one }, B: { proxy: two } }, legacy } });
    assert.deepEqual(recordNamed(folded.file, 'A')?.fields['aliases'], ['Old', 'Older', 'Told']);
    assert.deepEqual(
      report(folded),
      [
        '! legacy-alias /contracts/legacy/B',
        '? legacy-alias /contracts/legacy/Told',
        'legacy-alias /contracts/legacy/Old -> /extended_A/aliases',
        'legacy-alias /contracts/legacy/Older -> /extended_A/aliases',
      ].sort(),
    );
  });

  it('takes hashes of a map under any name of a record, and leaves an empty map', () => {
    const implementationHashes = { Coin: codeHash(1), A: codeHash(1), B: 'pending' };
    const folded = fold(
      root(
        { A: { proxy: one }, B: { proxy: two } },
        { extended_A: { aliases: ['Coin'] }, verification: { implementationHashes } },
      ),
    );
    assert.deepEqual(report(folded), [
      '? hash-format /verification/implementationHashes/B',
      'hash-misplaced /verification/implementationHashes/Coin -> /extended_A/implementationHash',
      'hash-twice /verification/implementationHashes/A',
    ]);
    assert.deepEqual(valueAt(folded.file.root, '/verification'), {});
    assert.deepEqual(report(fold(root({}, { verification: { implementationHashes: {} } }))), []);
  });
});

describe('folding sections', () => {
  it('puts aside what has the wrong type, and keeps every unknown key', () => {
    const folded = fold({
      ...root(),
      metadata: [1],
      networkTier: 5,
      environment: 'Not One',
      contracts: { core: [] },
      other: null,
    });
    assert.deepEqual(
      new Set(folded.quarantined.map(({ key }) => key)),
      new Set(['/metadata', '/networkTier', '/environment', '/contracts/core']),
    );
    assert.deepEqual([folded.file.root['metadata'], folded.file.root['other']], [{}, null]);
  });

  it('puts aside what would be nested too deep once its numbers are bigints', () => {
    const deep = `${'['.repeat(63)}12345678901234567890${']'.repeat(63)}`;
    const folded = fold(JSON.stringify(root()).replace('"metadata":{}', `"metadata":${deep}`));
    assert.deepEqual(
      folded.quarantined.map(({ key, reason, raw }) => [key, reason, raw]),
      [['/metadata', 'json-depth', deep]],
    );
  });
});

function root(core: JsonObject = {}, more: JsonObject = {}): JsonObject {
  return {
    schemaVersion: '3.0.0',
    fileVersion: 1,
    ...place,
    metadata: {},
    contracts: { core },
    configuration: {},
    topology: {},
    ...more,
  };
}

function fold(source: JsonObject | string): FoldedFile {
  const read = readFoldSource(Buffer.from(typeof source === 'string' ? source : JSON.stringify(source)));
  assert.ok(read.ok);
  const folded = foldFile(read.source, place);
  assert.ok(folded.ok);
  return folded;
}

/** One line per item, ascending: `?` where two readings differ, `!` where only quarantine has it. */
function report({ folded, ambiguous, quarantined }: FoldedFile): string[] {
  const doubtful = new Set(ambiguous.map(({ path }) => path));
  return [
    ...folded.map(({ rule, path, to }) => `${rule} ${path}${to === undefined ? '' : ` -> ${to}`}`),
    ...ambiguous.map(({ rule, path }) => `? ${rule} ${path}`),
    ...quarantined.filter(({ key }) => !doubtful.has(key)).map(({ key, reason }) => `! ${reason} ${key}`),
  ].sort();
}

function oldForm(text: string): string {
  return createHash('sha256').update(text, 'utf8').digest('hex').slice(0, 16);
}

function text0({ file }: FoldedFile, path: string): string {
  const value: Json | undefined = valueAt(file.root, path);
  assert.ok(typeof value === 'string', path);
  return value;
}

function number0({ file }: FoldedFile, field: string): Json | undefined {
  return member(recordNamed(file, 'Token')?.fields ?? {}, field);
}

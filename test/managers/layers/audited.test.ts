import assert from 'node:assert/strict';
import { appendFile, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it, type TestContext } from 'node:test';
import { StateManagerError } from '../../../src/errors.js';
import type { Scope, StoreChange } from '../../../src/managers/contract-store.js';
import { audited } from '../../../src/managers/layers/audited.js';
import { verifyAudit } from '../../../src/managers/layers/verify-audit.js';
import { refuses, sampleContract } from '../../support/contracts.js';
import { memoryContracts } from '../../support/memory-contracts.js';
import { settled, watched } from '../../support/watched-store.js';

const scope: Scope = { chainId: 97, network: 'bsctestnet' };

function put(name: string, changes: object = {}): StoreChange {
  return { kind: 'put', scope, contract: sampleContract(name, 97, changes) };
}

async function auditFile(t: TestContext): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'audit-'));
  t.after(() => rm(folder, { recursive: true, force: true }));
  return join(folder, 'log', 'audit.jsonl');
}

async function linesOf(file: string): Promise<string[]> {
  return (await readFile(file, 'utf8')).split('\n').slice(0, -1);
}

type Entry = {
  readonly timestamp: string;
  readonly operation: string;
  readonly resource: string;
  readonly user: string;
  readonly success: boolean | null;
  readonly details: Readonly<Record<string, unknown>>;
};

async function entriesOf(file: string): Promise<Entry[]> {
  return (await linesOf(file)).map((line) => JSON.parse(line) as Entry);
}

describe('an audit', () => {
  it('has two lines for each change: before it, and what became of it', async (t) => {
    const file = await auditFile(t);
    const store = audited({ file, user: 'ops' })(memoryContracts());
    await store.apply([put('A', { deploymentArgs: ['secret'] }), put('B')]);
    await store.apply([{ kind: 'delete', scope, contractName: 'A' }]);
    await store.apply([{ kind: 'delete', scope, contractName: 'A' }]);
    const entries = await entriesOf(file);
    assert.deepEqual(
      entries.map(({ operation, resource, success, details }) => [operation, resource, success, details['changed']]),
      [
        ['put', '97-A', null, undefined],
        ['put', '97-B', null, undefined],
        ['put', '97-A', true, true],
        ['put', '97-B', true, true],
        ['delete', '97-A', null, undefined],
        ['delete', '97-A', true, true],
        ['delete', '97-A', null, undefined],
        ['delete', '97-A', true, false],
      ],
    );
    for (const { timestamp, user } of entries) {
      assert.equal(new Date(timestamp).toISOString(), timestamp);
      assert.equal(user, 'ops');
    }
    assert.match(String(entries[0]?.details['contract']), /^sha256:/);
    assert.doesNotMatch((await linesOf(file)).join(), /secret/);
    assert.equal((await stat(file)).mode & 0o777, 0o600);
    assert.deepEqual((await verifyAudit(file)).problems, []);
  });

  it('leaves reads alone', async (t) => {
    const file = await auditFile(t);
    const store = audited({ file })(memoryContracts());
    await store.list();
    await store.read(scope, 'A');
    await assert.rejects(stat(file), { code: 'ENOENT' });
  });

  it('tells of a write that was refused, and why', async (t) => {
    const file = await auditFile(t);
    const { store } = watched(memoryContracts(), ({ operation }) => {
      if (operation === 'apply') throw new StateManagerError('ACCESS_DENIED', 'not you');
    });
    await refuses(['ACCESS_DENIED'], audited({ file })(store).apply([put('A')]));
    const entries = await entriesOf(file);
    assert.deepEqual(
      entries.map(({ success, details }) => [success, details['code']]),
      [
        [null, undefined],
        [false, 'ACCESS_DENIED'],
      ],
    );
  });

  it('that cannot be written refuses the write before it happens', async (t) => {
    const file = await auditFile(t);
    await writeFile(join(file, '..', '..', 'log'), 'a file where the folder should be');
    const { store, count } = watched(memoryContracts());
    await assert.rejects(audited({ file })(store).apply([put('A')]), (error: StateManagerError) => {
      assert.equal(error.code, 'FILE_FAILED');
      assert.equal(error.details['written'], false);
      return true;
    });
    assert.equal(count('apply'), 0);
  });

  it('says that the write was made when only its end cannot be kept', async () => {
    let calls = 0;
    const bare = memoryContracts();
    const store = audited({
      write: () => {
        calls += 1;
        if (calls === 2) throw new Error('full');
      },
    })(bare);
    await assert.rejects(store.apply([put('A')]), (error: StateManagerError) => {
      assert.equal(error.code, 'FILE_FAILED');
      assert.equal(error.details['written'], true);
      return true;
    });
    assert.equal((await bare.list()).length, 1);
    assert.deepEqual(await store.apply([put('B')]), [true]);
  });

  it("gives the store's refusal, not its own, when both fail", async () => {
    let calls = 0;
    const { store } = watched(memoryContracts(), ({ operation }) => {
      if (operation === 'apply') throw new StateManagerError('RACED', 'raced');
    });
    const write = () => {
      calls += 1;
      if (calls === 2) throw new Error('full');
    };
    await refuses(['RACED'], audited({ write })(store).apply([put('A')]));
  });

  it('stays one chain when many write at once, through several stores', async (t) => {
    const file = await auditFile(t);
    const stores = [1, 2, 3].map(() => audited({ file })(memoryContracts()));
    await Promise.all(stores.flatMap((store, at) => [0, 1, 2, 3].map((index) => store.apply([put(`C${at}${index}`)]))));
    const { entries, problems } = await verifyAudit(file);
    assert.deepEqual([entries, problems], [24, []]);
    const previous = (await linesOf(file)).map((line) => (JSON.parse(line) as { previous: string | null }).previous);
    assert.equal(new Set(previous).size, 24);
  });

  it('may go elsewhere, as the same lines in the same chain', async (t) => {
    const file = await auditFile(t);
    const lines: string[] = [];
    const write = async (text: string) => {
      await settled();
      lines.push(text);
    };
    const store = audited({ write })(memoryContracts());
    await Promise.all(['A', 'B', 'C'].map((name) => store.apply([put(name)])));
    await rm(join(file, '..'), { recursive: true, force: true });
    const copy = join(file, '..', '..', 'copy.jsonl');
    await writeFile(copy, lines.join(''));
    const { entries, problems } = await verifyAudit(copy);
    assert.deepEqual([entries, problems], [6, []]);
    const previous = lines
      .join('')
      .split('\n')
      .slice(0, -1)
      .map((line) => (JSON.parse(line) as { previous: string | null }).previous);
    assert.equal(new Set(previous).size, 6);
  });

  it('is closed after its writes', async (t) => {
    const file = await auditFile(t);
    const { store, calls } = watched(memoryContracts());
    const guarded = audited({ file })(store);
    const write = guarded.apply([put('A')]);
    await guarded.close();
    await write;
    assert.deepEqual(
      calls.map(({ operation }) => operation),
      ['apply', 'close'],
    );
  });
});

describe('the check of an audit', () => {
  async function written(t: TestContext) {
    const file = await auditFile(t);
    const store = audited({ file, user: 'ops' })(memoryContracts());
    await store.apply([put('A')]);
    await store.apply([put('B')]);
    return { file, store, lines: await linesOf(file) };
  }

  for (const removed of [0, 1, 2]) {
    it(`finds that line ${removed + 1} of 4 was removed`, async (t) => {
      const { file, lines } = await written(t);
      await writeFile(
        file,
        lines
          .toSpliced(removed, 1)
          .map((line) => `${line}\n`)
          .join(''),
      );
      const { entries, problems } = await verifyAudit(file);
      assert.equal(entries, 3);
      assert.deepEqual(
        problems.map(({ line }) => line),
        [removed + 1],
      );
    });
  }

  it('shows by its head that the end was cut off', async (t) => {
    const { file, lines } = await written(t);
    const before = await verifyAudit(file);
    await writeFile(
      file,
      lines
        .slice(0, -1)
        .map((line) => `${line}\n`)
        .join(''),
    );
    const after = await verifyAudit(file);
    assert.deepEqual(after.problems, []);
    assert.notEqual(after.head, before.head);
  });

  it('finds a line that was edited, swapped or made up, and one that is cut off', async (t) => {
    const { file, lines } = await written(t);
    const edits: readonly (readonly [string, readonly number[]])[] = [
      [lines.map((line, index) => `${index === 1 ? line.replace('ops', 'eve') : line}\n`).join(''), [2, 3]],
      [[lines[1], lines[0], lines[2], lines[3]].map((line) => `${line}\n`).join(''), [1]],
      [`${lines.join('\n')}\n{"operation":"put"}\n`, [5]],
      [lines.join('\n').slice(0, -5), [4]],
      [`\n${lines.join('\n')}\n`, [1]],
    ];
    for (const [text, expected] of edits) {
      await writeFile(file, text);
      assert.deepEqual(
        (await verifyAudit(file)).problems.map(({ line }) => line),
        expected,
      );
    }
  });

  it('finds only the torn line when writing went on after it', async (t) => {
    const { file, store } = await written(t);
    await appendFile(file, '{"timestamp":"2026-');
    await store.apply([put('C')]);
    const { entries, problems } = await verifyAudit(file);
    assert.equal(entries, 6);
    assert.deepEqual(
      problems.map(({ line }) => line),
      [5],
    );
  });

  it('chains to the last line however long that is', async (t) => {
    const { file, store } = await written(t);
    await store.apply([put(`Long${'x'.repeat(200_000)}`)]);
    await store.apply([put('C')]);
    assert.deepEqual((await verifyAudit(file)).problems, []);
    const previous = (await linesOf(file)).map((line) => (JSON.parse(line) as { previous: string | null }).previous);
    assert.equal(new Set(previous).size, 8);
  });

  it('refuses what is not there', async (t) => {
    await refuses(['FILE_FAILED'], verifyAudit(await auditFile(t)));
  });
});

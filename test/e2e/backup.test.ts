import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  appendFileSync,
  chmodSync,
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, it } from 'node:test';
import { stateroot, statejson } from '../support/command-line.js';
import {
  contractValue,
  entriesOf,
  fingerprint,
  makeStore,
  storeContent,
  temporaryFolder,
} from '../support/leveldb-store.js';
import { slowTemplate, type TempRepository, tempRepository } from '../support/temp-repository.js';

const legacyText = '{"contracts": {"LookCoin": "0x1"}, "odd name\'s": true }';
const stateFile = 'deployments/unified/bsctestnet.unified.json';

const repositoryWithAll = slowTemplate(async (temp) => {
  temp.write('stateroot.config.json', '{}\n');
  temp.write('.gitignore', 'leveldb/\n');
  temp.commitAll('Begin');
  await makeStore(
    temp.at('leveldb'),
    entriesOf({ '97-LookCoin': contractValue('LookCoin', 97), '31337-X': 'no record' }),
  );
  const imported = stateroot(temp, ['import', 'leveldb', 'leveldb', '--here']);
  assert.equal(imported.code, 0, imported.stderr);
  temp.git('tag', 'v1');
  temp.git('tag', '-a', 'v2', '-m', 'second');
  temp.git('branch', 'release/0.9', 'HEAD~1');
  temp.write("deployments/old map's.json", legacyText);
});

function createBackup(temp: TempRepository, ...args: string[]): { folder: string; data: Record<string, unknown> } {
  const made = statejson(temp, ['backup', 'create', ...args]);
  assert.equal(made.code, 0, JSON.stringify(made));
  const data = made.data as { folder: string };
  return { folder: data.folder, data };
}

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => !entry.isDirectory())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
    .sort();
}

function allBytes(folder: string): Map<string, string> {
  return new Map(filesBelow(folder).map((path) => [path, readFileSync(join(folder, path)).toString('base64')]));
}

function verified(temp: TempRepository, folder: string) {
  return statejson(temp, ['backup', 'verify', folder]);
}

describe('a backup', () => {
  it('holds everything, verifies here and by sha256sum, and leaves its sources and git as they were', async (t) => {
    const temp = await repositoryWithAll(t);
    const before = [fingerprint(temp.at('leveldb')), temp.git('status', '--porcelain'), temp.git('for-each-ref')];
    const { folder, data } = createBackup(temp);
    assert.deepEqual(
      [fingerprint(temp.at('leveldb')), temp.git('status', '--porcelain'), temp.git('for-each-ref')],
      before,
    );
    assert.equal(dirname(folder), temp.at('backups'));
    assert.match(String(data['id']), new RegExp(`^\\d{8}T\\d{6}Z-${temp.git('rev-parse', 'HEAD').slice(0, 7)}$`));

    const files = filesBelow(folder);
    for (const path of [
      'BACKUP_MANIFEST.json',
      'VERIFICATION_REPORT.json',
      'EMERGENCY_ROLLBACK.sh',
      'repository.bundle',
      'checksums/SHA256SUMS',
      'leveldb/current/CURRENT',
      "legacy-json/old map's.json",
      `unified-json/${stateFile}`,
      'unified-json/deployments/quarantine/31337.json',
      'unified-json/stateroot.config.json',
    ]) {
      assert.ok(files.includes(path), path);
    }
    assert.equal(
      readFileSync(join(folder, `unified-json/${stateFile}`), 'utf8'),
      `${temp.git('show', `HEAD:${stateFile}`)}\n`,
    );
    execFileSync('sh', ['-c', 'sha256sum --check --strict --quiet checksums/SHA256SUMS'], { cwd: folder });

    const answer = verified(temp, folder);
    assert.equal(answer.code, 0, JSON.stringify(answer));
    assert.equal((answer.data as { digest: string }).digest, data['digest']);
    // Beside the clone it was made in: it needs nothing of it.
    const elsewhere = join(temporaryFolder(t), 'moved');
    cpSync(folder, elsewhere, { recursive: true });
    rmSync(temp.at('.git'), { recursive: true });
    assert.equal(verified(temp, elsewhere).code, 0);
  });

  it('fails to verify after a change of one byte of any of its files', async (t) => {
    const temp = await repositoryWithAll(t);
    const { folder } = createBackup(temp);
    let seed = 20_261_121;
    const random = (): number => (seed = (Math.imul(seed, 1_103_515_245) + 12_345) >>> 0) / 2 ** 32;
    const files = filesBelow(folder);
    assert.ok(files.length > 9);
    for (const path of files) {
      const good = readFileSync(join(folder, path));
      const bad = Buffer.from(good);
      const at = Math.floor(random() * good.length);
      if (good.length === 0) continue;
      bad[at] = (good[at] ?? 0) ^ (1 << Math.floor(random() * 8));
      writeFileSync(join(folder, path), bad);
      const { code, findings } = verified(temp, folder);
      assert.equal(code, 1, `${path} at ${at}`);
      assert.ok(
        findings.some((finding) => finding.file === path && finding.severity === 'error'),
        `${path} at ${at}: ${JSON.stringify(findings)}`,
      );
      writeFileSync(join(folder, path), good);
    }
    assert.equal(verified(temp, folder).code, 0);
  });

  it('fails to verify when a file is gone, added, cut off, appended to, or a link', async (t) => {
    const temp = await repositoryWithAll(t);
    const { folder } = createBackup(temp);
    const rulesOf = () => {
      const { code, findings } = verified(temp, folder);
      assert.equal(code, 1);
      return findings.map(({ rule, file }) => `${rule} ${file}`);
    };
    const aside = join(temporaryFolder(t), 'aside');
    for (const path of filesBelow(folder)) {
      renameSync(join(folder, path), aside);
      assert.ok(
        rulesOf().some((line) => line.endsWith(` ${path}`)),
        `${path} removed`,
      );
      symlinkSync(aside, join(folder, path));
      assert.ok(
        rulesOf().some((line) => line.endsWith(` ${path}`)),
        `${path} is a link`,
      );
      rmSync(join(folder, path));
      renameSync(aside, join(folder, path));
    }
    writeFileSync(join(folder, 'unified-json', 'more.json'), '{}');
    assert.ok(rulesOf().includes('backup/extra unified-json/more.json'));
    rmSync(join(folder, 'unified-json', 'more.json'));
    appendFileSync(join(folder, 'checksums', 'SHA256SUMS'), '\n');
    assert.deepEqual(rulesOf(), ['backup/sums checksums/SHA256SUMS']);
  });

  it('fails to verify when bundle or state were replaced and every checksum was made to fit', async (t) => {
    const temp = await repositoryWithAll(t);
    const { folder } = createBackup(temp);
    const path = `unified-json/${stateFile}`;
    const text = readFileSync(join(folder, path), 'utf8').replace('"network": "bsctestnet"', '"network": "bsctestnex"');
    writeFileSync(join(folder, path), text);
    reseal(folder);
    const { code, findings } = verified(temp, folder);
    assert.equal(code, 1);
    assert.ok(
      findings.some(({ rule, file }) => rule === 'backup/state' && file === path),
      JSON.stringify(findings),
    );
    writeFileSync(join(folder, path), text.replace('bsctestnex', 'bsctestnet'));
    const other = tempRepository(t);
    other.commitAll('Another history');
    other.git('bundle', 'create', '--quiet', join(folder, 'repository.bundle'), '--all');
    reseal(folder);
    assert.ok(verified(temp, folder).findings.some(({ file }) => file === 'repository.bundle'));
  });

  it('is restored byte for byte, with branches and tags, into a clone that validates', async (t) => {
    const temp = await repositoryWithAll(t);
    const refs = temp.git('for-each-ref');
    const { folder } = createBackup(temp);
    const into = join(temporaryFolder(t), 'restored');
    mkdirSync(into);
    const answer = statejson(temp, ['backup', 'restore', folder, '--into', into]);
    assert.equal(answer.code, 0, JSON.stringify(answer));
    const git = (...args: string[]) => execFileSync('git', args, { cwd: into, env: temp.env, encoding: 'utf8' }).trim();
    assert.equal(git('for-each-ref'), refs);
    assert.equal(git('symbolic-ref', 'HEAD'), 'refs/heads/main');
    assert.equal(git('rev-parse', 'HEAD'), temp.git('rev-parse', 'HEAD'));
    assert.equal(git('status', '--porcelain'), temp.git('status', '--porcelain'));
    for (const path of filesBelow(join(folder, 'unified-json'))) {
      assert.deepEqual(readFileSync(join(into, path)), readFileSync(join(folder, 'unified-json', path)));
    }
    assert.equal(readFileSync(join(into, "deployments/old map's.json"), 'utf8'), legacyText);
    assert.deepEqual(allBytes(join(into, 'leveldb')), allBytes(join(folder, 'leveldb/current')));
    assert.deepEqual(await storeContent(join(into, 'leveldb')), await storeContent(temp.at('leveldb')));
    const validated = stateroot(temp, ['-C', into, 'validate', '--json']);
    assert.equal(validated.code, 0, validated.stdout);

    const again = statejson(temp, ['backup', 'restore', folder, '--into', into]);
    assert.deepEqual([again.code, again.error?.code], [2, 'OUTPUT_EXISTS']);
    appendFileSync(join(folder, 'repository.bundle'), 'x');
    const absent = join(dirname(into), 'absent');
    const refused = statejson(temp, ['backup', 'restore', folder, '--into', absent]);
    assert.deepEqual([refused.code, refused.error?.code], [1, 'VALIDATION_FAILED']);
    assert.ok(refused.findings.some(({ file }) => file === 'repository.bundle'));
    assert.ok(!existsSync(absent));
    assert.deepEqual(readdirSync(dirname(into)), ['restored']);
  });

  it('brings back a LevelDB that is committed as it was, not as the commit has it', async (t) => {
    const temp = await repositoryWithAll(t);
    temp.git('add', '--force', 'leveldb');
    temp.commitAll('Keep the store');
    await makeStore(temp.at('leveldb'), entriesOf({ later: 'value' }));
    const { folder } = createBackup(temp);
    const into = join(temporaryFolder(t), 'restored');
    assert.equal(stateroot(temp, ['backup', 'restore', folder, '--into', into]).code, 0);
    assert.deepEqual(allBytes(join(into, 'leveldb')), allBytes(join(folder, 'leveldb/current')));
    assert.deepEqual([...(await storeContent(join(into, 'leveldb'))).keys()].sort(), [
      '31337-X',
      '97-LookCoin',
      'later',
    ]);
  });

  it('is refused where a link of the repository would lead a restored file out of it', async (t) => {
    const temp = await repositoryWithAll(t);
    const outside = temporaryFolder(t);
    symlinkSync(outside, temp.at('leveldb-link'));
    temp.commitAll('A link');
    const { folder } = createBackup(temp);
    const manifest = join(folder, 'BACKUP_MANIFEST.json');
    writeFileSync(manifest, readFileSync(manifest, 'utf8').replaceAll('"leveldb/CURRENT"', '"leveldb-link/CURRENT"'));
    reseal(folder);
    const into = join(temporaryFolder(t), 'restored');
    const { code, error } = statejson(temp, ['backup', 'restore', folder, '--into', into]);
    assert.deepEqual([code, error?.code], [4, 'FILE_FAILED']);
    assert.deepEqual(readdirSync(outside), []);
    assert.ok(!existsSync(into));
  });

  it('keeps a detached HEAD and a SHA-256 repository', (t) => {
    const temp = tempRepository(t, { objectFormat: 'sha256' });
    temp.commitAll('One');
    temp.git('checkout', '--quiet', '--detach');
    const lonely = temp.commitAll('On no branch');
    const { folder } = createBackup(temp);
    const into = join(temporaryFolder(t), 'restored');
    assert.equal(stateroot(temp, ['backup', 'restore', folder, '--into', into]).code, 0);
    const head = execFileSync('git', ['rev-parse', 'HEAD'], { cwd: into, env: temp.env, encoding: 'utf8' }).trim();
    assert.equal(head, lonely);
    assert.equal(spawnSync('git', ['symbolic-ref', '-q', 'HEAD'], { cwd: into, env: temp.env }).status, 1);
  });
});

describe('what a backup is made of', () => {
  it('is HEAD: uncommitted state files are named', async (t) => {
    const temp = await repositoryWithAll(t);
    appendFileSync(temp.at(stateFile), '\n');
    const { folder, data } = createBackup(temp);
    assert.deepEqual(data['uncommitted'], [stateFile]);
    assert.equal(
      readFileSync(join(folder, `unified-json/${stateFile}`), 'utf8'),
      `${temp.git('show', `HEAD:${stateFile}`)}\n`,
    );
    // The one that lies there is no state root of its own.
    assert.equal(stateroot(temp, ['validate', '--at', 'HEAD']).code, 0);
    assert.deepEqual(
      (statejson(temp, ['status']).data as { roots: { root: string }[] }).roots.map(({ root }) => root),
      [''],
    );
  });

  it('is refused without a commit, of a shallow clone, with errors in the state, and among state files', async (t) => {
    const empty = tempRepository(t);
    assert.equal(statejson(empty, ['backup', 'create']).error?.code, 'BAD_INPUT');
    assert.ok(!existsSync(empty.at('backups')));
    const temp = await repositoryWithAll(t);
    const among = statejson(temp, ['backup', 'create', '--out', 'deployments/unified/backups']);
    assert.deepEqual([among.code, among.error?.code], [2, 'BAD_INPUT']);
    const shallow = tempRepository(t);
    rmSync(shallow.path, { recursive: true });
    execFileSync('git', ['clone', '--quiet', '--depth=1', `file://${temp.path}`, shallow.path], { env: temp.env });
    assert.equal(statejson(shallow, ['backup', 'create']).error?.code, 'BAD_INPUT');
    temp.write('deployments/back\\slash.json', '{}');
    assert.equal(statejson(temp, ['backup', 'create']).error?.code, 'BAD_INPUT');
    rmSync(temp.at('deployments/back\\slash.json'));
    temp.write(stateFile, '{}\n');
    temp.commitAll('Break it');
    const broken = statejson(temp, ['backup', 'create']);
    assert.deepEqual([broken.code, broken.error?.code], [1, 'VALIDATION_FAILED']);
    assert.ok(broken.findings.some(({ file }) => file === `unified-json/${stateFile}`));
    assert.deepEqual(readdirSync(temp.at('backups')), ['.gitignore']);
  });

  it('takes the LevelDB and the JSON that are named, and refuses flags of another action', async (t) => {
    const temp = await repositoryWithAll(t);
    const outside = temporaryFolder(t);
    await makeStore(join(outside, 'store'), entriesOf({ '97-Other': contractValue('Other', 97) }));
    writeFileSync(join(outside, 'v1.json'), legacyText);
    const { folder } = createBackup(
      temp,
      '--out',
      outside,
      '--leveldb',
      join(outside, 'store'),
      '--legacy-json',
      join(outside, 'v1.json'),
    );
    assert.equal(dirname(folder), outside);
    assert.deepEqual(readdirSync(join(folder, 'legacy-json')), ['v1.json']);
    const into = join(outside, 'restored');
    assert.equal(stateroot(temp, ['backup', 'restore', folder, '--into', into]).code, 0);
    assert.deepEqual([...(await storeContent(join(into, 'leveldb'))).keys()], ['97-Other']);
    assert.equal(readFileSync(join(into, 'legacy-json/v1.json'), 'utf8'), legacyText);
    for (const args of [['verify', folder, '--out', 'x'], ['create', 'x'], ['verify'], ['restore', folder]]) {
      assert.equal(statejson(temp, ['backup', ...args]).error?.code, 'BAD_USAGE', args.join(' '));
    }
    assert.equal(statejson(temp, ['backup', 'verify', join(outside, 'nothing')]).error?.code, 'BAD_INPUT');
  });
});

describe('the emergency script', () => {
  it('takes LevelDB, legacy JSON and state back, keeps what it replaces, and asks first', async (t) => {
    const temp = await repositoryWithAll(t);
    const commit = temp.git('rev-parse', 'HEAD');
    const { folder, data } = createBackup(temp);
    const original = allBytes(temp.at('leveldb'));
    const state = temp.git('show', `HEAD:${stateFile}`);
    rmSync(temp.at('leveldb'), { recursive: true });
    await makeStore(temp.at('leveldb'), entriesOf({ newer: 'value' }));
    temp.write("deployments/old map's.json", 'newer');
    temp.write('deployments/unified/extra.unified.json', '{}');
    temp.write(stateFile, 'newer');
    temp.write('other.txt', 'mine');
    temp.commitAll('Newer');
    const run = (...args: string[]) =>
      spawnSync('sh', [join(folder, 'EMERGENCY_ROLLBACK.sh'), ...args], {
        cwd: temp.path,
        env: temp.env,
        encoding: 'utf8',
        input: '',
      });

    const before = filesBelow(temp.path);
    const asked = run();
    assert.equal(asked.status, 1, asked.stderr);
    assert.deepEqual(filesBelow(temp.path), before);
    assert.equal(readFileSync(temp.at(stateFile), 'utf8'), 'newer');

    const done = run('--yes');
    assert.equal(done.status, 0, done.stderr);
    const restored = allBytes(temp.at('leveldb'));
    for (const [name, bytes] of allBytes(join(folder, 'leveldb/current'))) {
      assert.equal(restored.get(name), bytes, name);
      assert.equal(restored.get(name), original.get(name), name);
    }
    assert.deepEqual([...(await storeContent(temp.at('leveldb'))).keys()].sort(), ['31337-X', '97-LookCoin']);
    assert.equal(readFileSync(temp.at("deployments/old map's.json"), 'utf8'), legacyText);
    assert.equal(readFileSync(temp.at(stateFile), 'utf8'), `${state}\n`);
    assert.ok(!existsSync(temp.at('deployments/unified/extra.unified.json')));
    assert.equal(temp.git('rev-parse', `rollback/${String(data['id'])}`), commit);
    assert.equal(readFileSync(temp.at('other.txt'), 'utf8'), 'mine');

    const aside = readdirSync(temp.path).find((name) => name.startsWith('before-rollback-')) ?? '';
    assert.equal(readFileSync(temp.at(aside, stateFile), 'utf8'), 'newer');
    assert.equal(readFileSync(temp.at(aside, "deployments/old map's.json"), 'utf8'), 'newer');
    assert.equal(readFileSync(temp.at(aside, 'deployments/unified/extra.unified.json'), 'utf8'), '{}');
    assert.deepEqual([...(await storeContent(temp.at(aside, 'leveldb'))).keys()], ['newer']);
    assert.deepEqual(
      readdirSync(temp.path).filter((name) => name.startsWith('.rollback-')),
      [],
    );
  });

  it('changes nothing when the backup is damaged', async (t) => {
    const temp = await repositoryWithAll(t);
    const { folder } = createBackup(temp);
    appendFileSync(join(folder, `unified-json/${stateFile}`), ' ');
    const before = temp.git('status', '--porcelain', '--ignored');
    const script = join(folder, 'EMERGENCY_ROLLBACK.sh');
    assert.equal(lstatSync(script).mode & 0o111, 0o111);
    const run = spawnSync('sh', [script, '--yes'], { cwd: temp.path, env: temp.env, encoding: 'utf8' });
    assert.equal(run.status, 1, run.stderr);
    assert.equal(temp.git('status', '--porcelain', '--ignored'), before);
    chmodSync(script, 0o644);
    rmSync(join(folder, `unified-json/${stateFile}`));
    assert.ok(verified(temp, folder).findings.some(({ rule }) => rule === 'backup/script-mode'));
  });
});

/** What somebody would do who wants a changed backup to look whole: every digest is computed again. */
function reseal(folder: string): void {
  const sum = (path: string) =>
    createHash('sha256')
      .update(readFileSync(join(folder, path)))
      .digest('hex');
  const manifestFile = join(folder, 'BACKUP_MANIFEST.json');
  const manifest = JSON.parse(readFileSync(manifestFile, 'utf8')) as {
    files: { path: string; sha256: string; size: number }[];
  };
  for (const file of manifest.files) {
    file.sha256 = sum(file.path);
    file.size = lstatSync(join(folder, file.path)).size;
  }
  writeFileSync(manifestFile, `${JSON.stringify(manifest, null, 2)}\n`);
  const report = join(folder, 'VERIFICATION_REPORT.json');
  const text = readFileSync(report, 'utf8').replace(
    /"manifestSha256": ".{64}"/,
    `"manifestSha256": "${sum('BACKUP_MANIFEST.json')}"`,
  );
  writeFileSync(report, text);
  const covered = filesBelow(folder).filter((path) => path !== 'checksums/SHA256SUMS');
  writeFileSync(join(folder, 'checksums/SHA256SUMS'), covered.map((path) => `${sum(path)}  ${path}\n`).join(''));
}

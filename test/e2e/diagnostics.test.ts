import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { isObject, type Json } from '../../src/core/json.js';
import { migrationNotes } from '../../src/git/migration-notes.js';
import { type Answer, statejson, stateroot } from '../support/command-line.js';
import { networkText, proxied } from '../support/deployments.js';
import { contractValue, entriesOf, makeStore } from '../support/leveldb-store.js';
import { type TempRepository, tempRepository } from '../support/temp-repository.js';

const file = 'deployments/unified/bsctestnet.unified.json';

/** Each stands somewhere in a repository or its environment, and nowhere in a report. */
const secrets = {
  privateKey: `0x${'4c0883a69102937d'.repeat(4)}`,
  mnemonic: 'test walk nut penalty hip pave soap entry language right filter choice',
  rpcKey: 'QlchemyKey-9f8e7d6c5b4a',
  rpcHost: 'quiet-frosty-tree',
  apiKey: 'YK7ABCDEFGHIJ8KLMNOPQ9RSTUVWX',
  remoteUser: 'deployer-alice',
  remoteToken: 'ghp_Ab12Cd34Ef56Gh78Ij90Kl12Mn34Op56Qr',
  headerToken: 'eC1hY2Nlc3MtdG9rZW46c2VjcmV0',
  shortPassword: 'hunter2!',
  configUrlKey: 'ConfigKey4711abcdef',
  person: 'Alice Wonderland',
  email: 'alice.wonderland@example.org',
  account: 'wonderalice',
  odd: 'swordfish-in-a-subject',
} as const;

async function planted(t: { after(run: () => void): void }): Promise<TempRepository> {
  const temp = tempRepository(t, {
    env: {
      PRIVATE_KEY: secrets.privateKey,
      MNEMONIC: secrets.mnemonic,
      BSC_RPC: `https://${secrets.rpcHost}.bsc.example.org/v2/${secrets.rpcKey}?x=1`,
      BSCSCAN_API_KEY: secrets.apiKey,
      DB_PASSWORD: secrets.shortPassword,
      VAULT_TOKEN: secrets.odd,
      STATE_BACKEND: secrets.remoteToken,
      DUAL_WRITE_MODE: 'true',
      USER: secrets.account,
      GIT_AUTHOR_NAME: secrets.person,
      GIT_AUTHOR_EMAIL: secrets.email,
    },
  });
  temp.git('config', 'user.name', secrets.person);
  temp.git('config', 'user.email', secrets.email);
  temp.git('remote', 'add', 'origin', `https://${secrets.remoteUser}:${secrets.remoteToken}@github.com/acme/state.git`);
  temp.git('config', `url.https://${secrets.remoteToken}@github.com/.insteadOf`, 'gh:');
  temp.git('config', 'http.https://github.com/.extraheader', `AUTHORIZATION: basic ${secrets.headerToken}`);
  temp.git('config', 'core.sshCommand', `ssh -i /home/${secrets.account}/.ssh/id -o Pass=${secrets.shortPassword}`);
  temp.git('config', 'stateroot.command', `env API_TOKEN=${secrets.odd} node stateroot`);
  temp.git('config', 'core.hooksPath', `/home/${secrets.account}/hooks`);
  temp.write('.gitignore', 'leveldb/\n');
  temp.write(file, networkText('bsctestnet', 97, { Vault: proxied('Vault') }));
  temp.write(
    'stateroot.config.json',
    JSON.stringify({
      rpc: { bscmainnet: 'BSC_RPC', bsctestnet: 'BSC_TEST_RPC' },
      waivers: [
        {
          rule: 'record/args-unknown',
          until: '2030-01-01',
          reason: `see https://wiki.example.org/${secrets.configUrlKey}`,
        },
      ],
      'x-apiKey': secrets.configUrlKey,
      'x-node': `wss://${secrets.rpcHost}.quiknode.pro/${secrets.rpcKey}`,
    }),
  );
  temp.commitAll(`Deploy with ${secrets.odd} and ${secrets.privateKey} for ${secrets.email}`);
  temp.git('checkout', '--quiet', '-b', `${secrets.account}/${secrets.remoteToken}`);
  temp.write(`deployments/unified/${secrets.odd}.unified.json`, `{ "${secrets.apiKey}"`);
  temp.write('deployments/bscmainnet.json', `{"network": "${secrets.apiKey}", "chainId": 56, "contracts": 1}`);
  const entries = { [`97-${secrets.odd}`]: contractValue(secrets.odd, 97, { address: secrets.privateKey }) };
  await makeStore(temp.at('leveldb'), entriesOf(entries));
  await migrationNotes({ commonDir: temp.at('.git'), root: '' }).write({
    version: 1,
    id: '0123456789ab',
    root: '',
    startedAt: '2026-11-21T10:00:00.000Z',
    sources: {
      leveldb: `/home/${secrets.account}/project/leveldb`,
      also: [`/Users/${secrets.account}/old`, `${temp.env['HOME'] ?? ''}/older`],
      json: [temp.at('deployments')],
      unified: [],
      openzeppelin: [],
    },
    batchSize: 10,
    phases: [],
    progress: null,
    scripts: 'dual-write',
    outcome: 'stopped',
  });
  return temp;
}

function assertSilent({ stdout, stderr }: Pick<Answer, 'stdout' | 'stderr'>, temp: TempRepository): void {
  for (const [what, secret] of Object.entries(secrets)) {
    assert.ok(!stdout.toLowerCase().includes(secret.toLowerCase()), `${what} is in the report`);
    assert.ok(!stderr.toLowerCase().includes(secret.toLowerCase()), `${what} is on stderr`);
  }
  assert.ok(!stdout.includes(secrets.privateKey.slice(2, 34)), 'half of the private key');
  assert.ok(!stdout.includes('Wonderland'), 'the surname');
  assert.ok(!stdout.includes(temp.env['HOME'] ?? '-'), 'the home folder');
  assert.ok(!stdout.includes(temp.path), 'the place of the repository');
}

const at = (value: Json | undefined, ...path: (string | number)[]): Json | undefined =>
  path.reduce<Json | undefined>((found, key) => {
    if (Array.isArray(found)) return (found as readonly Json[])[Number(key)];
    return isObject(found) ? found[String(key)] : undefined;
  }, value);

describe('diagnostics', () => {
  it('shows no secret of any source, in JSON, in Markdown and in a file', async (t) => {
    const temp = await planted(t);
    for (const args of [[], ['--json'], ['--format', 'md'], ['--out', 'report.json', '--json']]) {
      const answer = stateroot(temp, ['diagnostics', ...args]);
      assert.equal(answer.code, 0, answer.stderr);
      assertSilent(answer, temp);
    }
    assertSilent({ stdout: readFileSync(temp.at('report.json'), 'utf8'), stderr: '' }, temp);
  });

  it('and says all that matters nevertheless', async (t) => {
    const temp = await planted(t);
    const { data, code } = statejson(temp, ['diagnostics']);
    const report = data as Json;
    assert.equal(code, 0);
    assert.deepEqual(at(report, 'environment'), { DUAL_WRITE_MODE: 'true', STATE_BACKEND: '(set to something else)' });
    assert.deepEqual(at(report, 'rpcVariables'), [
      { name: 'BSC_RPC', isSet: true },
      { name: 'BSC_TEST_RPC', isSet: false },
    ]);
    assert.deepEqual(at(report, 'status', 'roots', 0, 'networks'), [
      { network: 'bsctestnet', chainId: 97, records: 1 },
    ]);
    assert.deepEqual(at(report, 'commits', 0, 'commit'), temp.git('rev-parse', 'HEAD').slice(0, 12));
    assert.match(
      JSON.stringify(at(report, 'commits', 0, 'subject')),
      /^"Deploy with \[redacted\] and \[redacted\] for \[/,
    );
    assert.deepEqual(at(report, 'configuration', 'rpc', 'bscmainnet'), 'BSC_RPC');
    assert.deepEqual(at(report, 'migration', 'sources', 'json'), ['<repository>/deployments']);
    assert.deepEqual(at(report, 'migration', 'sources', 'also', 1), '~/older');
    const parts = [at(report, 'doctor'), at(report, 'health')].flat() as Json[];
    assert.deepEqual(
      [...new Set(parts.map((check) => at(check, 'part')))],
      ['system', 'backends', 'data', 'performance', 'migration'],
    );
    assert.ok(JSON.stringify(at(report, 'findings')).includes('"rule":"json-syntax","severity":"error"'));
    assert.ok(JSON.stringify(at(report, 'gitSettings')).includes('core.hookspath'));
    assert.deepEqual(at(report, 'errors'), []);
  });

  it('says which part could not be looked at, and goes on', (t) => {
    const temp = tempRepository(t);
    temp.write('.git/stateroot/migration/root.json', 'no note');
    writeFileSync(temp.at('stateroot.config.json'), '{"rpc": 1}');
    const report = statejson(temp, ['diagnostics']).data as Json;
    const failed = (at(report, 'errors') as Json[]).map((one) => at(one, 'code'));
    assert.deepEqual(failed, ['CONFIG_INVALID', 'MIGRATION_FAILED']);
    assert.deepEqual(at(report, 'configuration'), { rpc: 1 });
    assert.equal(at(report, 'migration'), null);
    assert.notEqual(at(report, 'doctor'), null);
  });

  it('works outside of a repository, where there is little to say', (t) => {
    const temp = tempRepository(t);
    const outside: TempRepository = { ...temp, at: (...path) => temp.at('..', 'home', ...path) };
    const { code, data } = statejson(outside, ['diagnostics']);
    assert.equal(code, 0);
    const codes = new Set((at(data as Json, 'errors') as Json[]).map((one) => at(one, 'code')));
    assert.deepEqual([...codes], ['NOT_A_REPOSITORY']);
    assert.equal(at(data as Json, 'versions', 'node'), process.versions.node);
  });

  it('never writes over a file', (t) => {
    const temp = tempRepository(t);
    temp.write('report.md', 'mine');
    const { code, error } = statejson(temp, ['diagnostics', '--format', 'md', '--out', 'report.md']);
    assert.deepEqual([code, error?.code], [2, 'OUTPUT_EXISTS']);
    assert.equal(readFileSync(temp.at('report.md'), 'utf8'), 'mine');
    assert.equal(stateroot(temp, ['diagnostics', '--format', 'md', '--out', 'other.md']).code, 0);
    assert.match(readFileSync(temp.at('other.md'), 'utf8'), /^### stateroot diagnostics\n/);
    assert.equal(statejson(temp, ['diagnostics', '--format', 'md']).error?.code, 'BAD_USAGE');
  });

  it('in Markdown lets nothing of a repository be markup', (t) => {
    const temp = tempRepository(t);
    temp.write(file, networkText('bsctestnet', 97, { Vault: proxied('Vault') }));
    temp.commitAll('```\n<img src=x>');
    const { stdout } = stateroot(temp, ['diagnostics', '--format', 'md']);
    const fence = /^(`{3,})json\n/m.exec(stdout)?.[1] ?? '';
    assert.equal(fence.length, 4);
    assert.equal(stdout.split('\n').filter((line) => line === fence).length, 1);
  });
});

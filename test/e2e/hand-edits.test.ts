import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { describe, it } from 'node:test';
import { statejson, stateroot } from '../support/command-line.js';
import { layouts, under } from '../support/layouts.js';
import { type TempRepository, template } from '../support/temp-repository.js';

const file = 'deployments/unified/bsctestnet.unified.json';
const address = (digit: string) => `0x${digit.repeat(40)}`;

const edits: readonly [string, string, (text: string) => string | Buffer][] = [
  ['a value', 'checksum-mismatch', (text) => text.replace(address('2'), address('7'))],
  [
    'the order of keys',
    'text-canonical',
    (text) => text.replace(/( *"fileVersion": 1,\n)( *"metadata": \{\},\n)/, '$2$1'),
  ],
  ['the spacing', 'text-canonical', (text) => text.replace('"fileVersion": 1', '"fileVersion":  1')],
  [
    'a key twice',
    'json-duplicate-key',
    (text) => text.replace('"fileVersion": 1,', '"fileVersion": 1,\n  "fileVersion": 1,'),
  ],
  ['2^53+1', 'json-number', (text) => text.replace('1754079530056', '9007199254740993')],
  ['a BOM', 'text-canonical', (text) => `\u{feff}${text}`],
  ['CRLF', 'text-canonical', (text) => text.replaceAll('\n', '\r\n')],
  [
    'conflict markers',
    'json-conflict',
    (text) => text.replace('  "metadata"', '<<<<<<< ours\n=======\n>>>>>>> theirs\n  "metadata"'),
  ],
  ['half of the file', 'json-syntax', (text) => text.slice(0, text.length / 2)],
  [
    "another network's record",
    'checksum-mismatch',
    (text) => text.replace(/"checksum": "sha256:.*"/, `"checksum": "${otherChecksum}"`),
  ],
];
let otherChecksum = '';

function prepare(temp: TempRepository, root: string): void {
  if (root !== '') temp.write(under(root, 'stateroot.config.json'), '{}\n');
  temp.write('user.txt', 'x\n');
  temp.commitAll('first');
  const put = (network: string) =>
    stateroot(
      temp,
      [
        'put',
        network,
        'LookCoin',
        '--set',
        `proxy=${address('1')}`,
        '--set',
        `implementation=${address('2')}`,
        '--set',
        'timestamp=1754079530056',
      ],
      { folder: root },
    );
  for (const network of ['bsctestnet', 'sepolia']) assert.equal(put(network).code, 0);
  otherChecksum = (statejson(temp, ['get', 'sepolia', 'LookCoin'], { folder: root }).data as { checksum: string })
    .checksum;
  const init = stateroot(temp, ['init'], { folder: root });
  assert.equal(init.code, 0, init.stderr);
}

function commit(temp: TempRepository, ...args: string[]): { status: number | null; stderr: string } {
  return spawnSync('git', ['commit', '--quiet', '--message=by hand', ...args], {
    cwd: temp.path,
    env: temp.env,
    encoding: 'utf8',
  });
}

for (const { where, root } of layouts) {
  const prepared = template((temp) => {
    prepare(temp, root);
  });
  describe(`a network file with a hand edit (${where})`, () => {
    for (const [what, rule, edit] of edits) {
      it(`of ${what} is ${rule} to validate and to both kinds of commit`, (t) => {
        const temp = prepared(t);
        const path = under(root, file);
        const before = temp.git('cat-file', 'blob', `HEAD:${path}`);
        const edited = edit(`${before}\n`);
        assert.notEqual(edited, `${before}\n`);
        temp.write(path, edited);
        const found = statejson(temp, ['validate']);
        assert.equal(found.code, 1);
        const finding = found.findings.find((one) => one.rule === rule);
        assert.equal(finding?.file, path);
        assert.ok(Number(finding.line) >= 1 && Number(finding.column) >= 1);
        const text = stateroot(temp, ['validate']);
        assert.equal(text.code, 1);
        assert.match(
          text.stdout + text.stderr,
          new RegExp(`${path}:${String(finding.line)}:${String(finding.column)}.*${rule}`),
        );

        const head = temp.git('rev-parse', 'HEAD');
        const only = commit(temp, '--only', '--', path);
        assert.notEqual(only.status, 0);
        // With the attributes `init` wrote, git itself brings CRLF back to LF: there is nothing left to commit.
        if (what !== 'CRLF') assert.match(only.stderr, new RegExp(rule));
        temp.git('add', '--', path);
        assert.notEqual(commit(temp).status, 0);
        assert.notEqual(commit(temp, '--all').status, 0);
        assert.equal(temp.git('rev-parse', 'HEAD'), head);
      });
    }

    it('that is repaired by fmt or seal is committed', (t) => {
      const temp = prepared(t);
      const path = under(root, file);
      const text = `${temp.git('cat-file', 'blob', `HEAD:${path}`)}\n`;
      temp.write(path, text.replaceAll('\n', '\r\n'));
      assert.equal(stateroot(temp, ['fmt']).code, 0);
      assert.equal(temp.git('status', '--porcelain', '--', path), '');
      temp.write(path, text.replace(address('2'), address('7')));
      assert.equal(stateroot(temp, ['seal']).code, 2);
      assert.equal(stateroot(temp, ['seal', '--yes']).code, 0);
      temp.git('add', '--', path);
      const done = commit(temp);
      assert.equal(done.status, 0, done.stderr);
    });

    it('that is not staged does not stop another commit', (t) => {
      const temp = prepared(t);
      temp.write(under(root, file), 'broken');
      temp.write('user.txt', 'y\n');
      temp.git('add', 'user.txt');
      assert.equal(commit(temp).status, 0);
    });
  });
}

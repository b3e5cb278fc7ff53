import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { blobOid } from '../../../src/git/read/blob-oid.js';
import { parseGivenStaged } from '../../../src/git/read/given-staged.js';

const none = '0'.repeat(40);

type Format = 'sha1' | 'sha256';

function oidOf(text: string, format: Format = 'sha1'): string {
  return blobOid(Buffer.from(text), format);
}

/** As `git cat-file --batch` answers for what is there. */
function blob(text: string, oid = oidOf(text)): string {
  return `${oid} blob ${Buffer.byteLength(text)}\n${text}\n`;
}

function line(before: string, after: string, path: string, modes = '100644 100644'): string {
  return `:${modes} ${before} ${after} M\t${path}\n`;
}

function parsed(text: string) {
  return parseGivenStaged(Buffer.from(text));
}

describe('what a hook was told by git', () => {
  it('is the changes, and the blobs of both sides byte for byte', () => {
    const [old, young] = ['{}\n', '{\n\n\n  "é": 1\n}\n'];
    const added = line(none, oidOf(young), 'a file/ü', '000000 100644').replace(' M\t', ' A\t');
    const module = line('1'.repeat(40), '2'.repeat(40), 'deployments', '160000 160000');
    const answers = [blob(old), blob(young), `${none} missing\n`, blob(young), `${'1'.repeat(40)} missing\n`].join('');
    const given = parsed(`${line(oidOf(old), oidOf(young), 'x.json')}${added}${module}\n${answers}`);
    assert.deepEqual(given?.commits, [
      {
        commit: null,
        changes: [
          {
            path: 'x.json',
            before: [{ mode: '100644', oid: oidOf(old) }],
            after: { mode: '100644', oid: oidOf(young) },
          },
          { path: 'a file/ü', before: [{ mode: '000000', oid: none }], after: { mode: '100644', oid: oidOf(young) } },
          {
            path: 'deployments',
            before: [{ mode: '160000', oid: '1'.repeat(40) }],
            after: { mode: '160000', oid: '2'.repeat(40) },
          },
        ],
      },
    ]);
    assert.equal(given.blobs.get(oidOf(young))?.bytes.toString(), young);
    assert.equal(given.blobs.size, 2);
  });

  it('has the long oids of a SHA-256 repository', () => {
    const oid = oidOf('{}\n', 'sha256');
    const given = parsed(`${line('0'.repeat(64), oid, 'x.json', '000000 100644')}\n${blob('{}\n', oid)}`);
    assert.equal(given?.blobs.get(oid)?.bytes.toString(), '{}\n');
  });

  const change = line(oidOf('old'), oidOf('new'), 'x.json');
  const refused: [why: string, text: string][] = [
    ['nothing was said', ''],
    ['no change was said', '\n\n'],
    ['the changes do not end', change],
    ['a blob is missing', `${change}\n${blob('old')}`],
    ['a blob is missing to git too', `${change}\n${blob('old')}${oidOf('new')} missing\n`],
    ['the last blob is cut', `${change}\n${blob('old')}${blob('new').slice(0, -2)}`],
    ['a blob has other bytes than its oid says', `${change}\n${blob('old')}${blob('bad', oidOf('new'))}`],
    ['an object is no blob', `${change}\n${blob('old')}${blob('new').replace(' blob ', ' tree ')}`],
    ['a path stands in quotes', change.replace('x.json', '"x\\tjson"') + `\n${blob('old')}${blob('new')}`],
    ['a line is no change', `warning: x\n${change}\n${blob('old')}${blob('new')}`],
    ['git spoke of a commit', `${'1'.repeat(40)}\n${change}\n${blob('old')}${blob('new')}`],
  ];
  for (const [why, text] of refused) {
    it(`is not relied on where ${why}`, () => {
      assert.equal(parsed(text), null);
    });
  }

  it('is relied on in the form those differ from', () => {
    assert.notEqual(parsed(`${change}\n${blob('old')}${blob('new')}`), null);
  });
});

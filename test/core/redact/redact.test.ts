import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { knownSecrets } from '../../../src/core/redact/known-secrets.js';
import { type Hidden, redactText } from '../../../src/core/redact/redact-text.js';
import { redactUrl } from '../../../src/core/redact/redact-url.js';
import { redactValue } from '../../../src/core/redact/redact-value.js';
import { isSecretName } from '../../../src/core/redact/secret-names.js';

const nothing: Hidden = { secrets: [], users: [], folders: new Map() };
const hex = (length: number) =>
  fc.string({ unit: fc.constantFrom(...Array.from('0123456789abcdef')), minLength: length, maxLength: length });

describe('a text without secrets', () => {
  const secrets: readonly (readonly [string, string, string])[] = [
    ['a private key', `key 0x${'4c'.repeat(32)} used`, '4c4c'],
    ['a private key without 0x', 'ab12'.repeat(16), 'ab12'],
    ['an API key in hex', 'infura 0123456789abcdef0123456789abcdef', '0123456789'],
    ['an API key in letters', 'scan YourKEY7ABCDEFGHIJ8KLMNOPQ9RSTUVWX', 'KEY7ABC'],
    ['a token of a service', 'pushed with ghp_abcdefABCDEF0123456789 today', 'ghp_abcdef'],
    ['a JSON web token', 'eyJhbGciOi.eyJzdWIiOiIx.c2lnbmF0dXJl', 'eyJhbG'],
    ['an assignment', 'DEPLOY_API_KEY=hunter2, then', 'hunter2'],
    ['an assignment in JSON', '{"password": "correct horse"}', 'horse'],
    ['a header', 'AUTHORIZATION: basic eC1hY2Nlc3M6c2VjcmV0', 'eC1hY2'],
    ['a mnemonic', 'wallet: test walk nut penalty hip pave soap entry language right filter choice', 'penalty'],
    ['a PEM block', '-----BEGIN EC PRIVATE KEY-----\nMHQCAQ\n-----END EC PRIVATE KEY-----', 'MHQCAQ'],
    ['an e-mail address', 'by alice.example@example.org', 'alice'],
    ['the user of a remote', 'git@github.com:acme/private.git', 'acme'],
    ['another home folder', '/home/alice/project and C:\\Users\\alice\\x', 'alice'],
  ];
  for (const [what, text, secret] of secrets) {
    it(`does not show ${what}`, () => {
      assert.ok(text.includes(secret));
      assert.ok(!redactText(text, nothing).includes(secret), redactText(text, nothing));
    });
  }

  for (const text of [
    'state(bscmainnet): upgrade LookCoin',
    '0x5462E40926f0e2572841Fe1318Ad13350F44B1D7 is LookCoin on sapphiretestnet',
    'deployments/unified/bsctestnet.unified.json:39:17 checksum-mismatch',
    'state/import-leveldb-0140ca332229',
    'hooks in .git/hooks judge each commit, merge and push',
    'git 2.39.5, node 20.20.2, 84.3 GB free for the repository',
    '2026-11-21T10:48:34.000Z',
  ]) {
    it(`leaves ${JSON.stringify(text)} as it is`, () => {
      assert.equal(redactText(text, nothing), text);
    });
  }

  it('never shows a known secret, wherever it stands and whatever it looks like', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 6 }), fc.string(), fc.string(), (secret, before, after) => {
        const shown = redactText(`${before}${secret}${after}`, { ...nothing, secrets: [secret] });
        return shown.split('[redacted]').every((piece) => !piece.includes(secret));
      }),
    );
  });

  it('never shows 64 hexadecimal digits', () => {
    fc.assert(fc.property(hex(64), (key) => !redactText(`x ${key} 0x${key}`, nothing).includes(key)));
  });

  it('writes folders and users by other names', () => {
    const hidden = {
      ...nothing,
      users: ['al'],
      folders: new Map([
        ['/srv/home/al', '~'],
        ['/srv/home/al/project', '<repository>'],
      ]),
    };
    assert.equal(
      redactText('/srv/home/al/project/x /srv/home/al/y, AL and alpine', hidden),
      '<repository>/x ~/y, [user] and alpine',
    );
  });
});

describe('a URL', () => {
  for (const [url, shown] of [
    ['https://bsc.example.org/v2/0123456789abcdef', 'https://….example.org/…'],
    ['https://alice:p/a@ss@example.org/x?key=1#y', 'https://example.org/…'],
    ['https://token@github.com', 'https://github.com/…'],
    ['https://github.com', 'https://github.com'],
    ['wss://a1b2c3d4.bsc.quiknode.pro:443/', 'wss://….quiknode.pro/…'],
    ['http://10.1.2.3:8545', 'http://[address]'],
    ['http://localhost:8545', 'http://localhost'],
  ] as const) {
    it(`${url} is ${shown}`, () => {
      assert.equal(redactUrl(url), shown);
    });
  }
});

describe('a value without secrets', () => {
  it('hides members by their names, and texts in all depths', () => {
    const value = {
      rpcUrl: 'https://a.b.example.org/secretpath',
      nested: [{ apiKey: 12345, token: { a: 'b' }, privateKey: null, keyed: true }],
      'https://x:y@z.org/': 1,
    };
    assert.deepEqual(redactValue(value, nothing), {
      rpcUrl: 'https://….example.org/…',
      nested: [{ apiKey: '[redacted]', token: '[redacted]', privateKey: null, keyed: true }],
      'https://z.org/…': 1,
    });
  });

  it('keeps members that are called like a prototype', () => {
    const value = JSON.parse('{"constructor": "x", "__proto__": "y"}') as { constructor: string };
    assert.deepEqual(JSON.stringify(redactValue(value as never, nothing)), '{"constructor":"x","__proto__":"y"}');
  });
});

describe('names', () => {
  for (const name of ['PRIVATE_KEY', 'apiKey', 'http.https://x/.extraheader', 'MNEMONIC', 'NPM_TOKEN', 'db-password']) {
    it(`${name} is that of a secret`, () => {
      assert.equal(isSecretName(name), true);
    });
  }
  for (const name of ['STATE_BACKEND', 'monkey', 'keyboard', 'passing', 'author', 'networks']) {
    it(`${name} is not`, () => {
      assert.equal(isSecretName(name), false);
    });
  }

  it('lead to secrets and to their parts', () => {
    const found = knownSecrets([
      ['DEPLOYER_KEY', 'sekrit-1'],
      ['BSC_RPC', 'https://user:pass%20word@rpc.example.org/v3/abcdefgh12345678?apikey=zyxwvuts'],
      ['http.extraheader', 'AUTHORIZATION: basic eC1hY2Nlc3M6'],
      ['PATH', '/usr/bin:/bin'],
      ['CI_KEY', 'true'],
    ]);
    for (const part of ['sekrit-1', 'pass word', 'abcdefgh12345678', 'zyxwvuts', 'eC1hY2Nlc3M6']) {
      assert.ok(found.includes(part), part);
    }
    assert.equal(
      found.some((part) => part.includes('/usr/bin') || part === 'true'),
      false,
    );
  });
});

import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { describe, it } from 'node:test';
import { diffHtml } from '../../../src/cli/text/diff-html.js';
import { diffMarkdown } from '../../../src/cli/text/diff-markdown.js';
import { type ReviewedDiff, renderDiff } from '../../../src/cli/text/diff-text.js';
import { diffSnapshots } from '../../../src/core/diff/diff.js';
import { findRenames } from '../../../src/core/diff/renames.js';
import { readSnapshot, type Snapshot } from '../../../src/core/snapshot.js';
import { address, codeHash, type Contract, proxied, stateFiles } from '../../support/deployments.js';
import { terminal } from '../../support/verb-context.js';

type State = Parameters<typeof stateFiles>[0];

function snapshot(state: State): Snapshot {
  return readSnapshot(
    Object.entries(stateFiles(state)).map(([path, text]) => ({ path, bytes: Buffer.from(text) })),
    '',
  );
}

function review(base: State, head: State, more: Partial<ReviewedDiff> = {}): ReviewedDiff {
  const [before, after] = [snapshot(base), snapshot(head)];
  return {
    base: 'a'.repeat(40),
    head: 'b'.repeat(40),
    networks: diffSnapshots(before, after, findRenames(before, after)),
    findings: [],
    after: after.networks,
    others: null,
    total: after.networks.size,
    names: { base: 'main', head: 'release' },
    command: 'stateroot diff main..release',
    ...more,
  };
}

const on = (chainId: number, contracts: Readonly<Record<string, Contract>>) => ({ chainId, contracts });
const explorer = (path: string, text: string) => `[\`${text}\`](https://${path}/address/${text})`;

describe('a diff as Markdown', () => {
  it('has the dangers in a table, with full addresses and the explorer behind them', () => {
    const moved = proxied('Token', 1, { proxy: address('typo') });
    const text = diffMarkdown(
      review({ bscmainnet: on(56, { Token: proxied('Token') }) }, { bscmainnet: on(56, { Token: moved }) }),
    );
    assert.equal(
      text,
      [
        '<!-- stateroot:diff -->',
        '### ✖ 1 of 1 state change needs a decision',
        '`aaaaaaa` → `bbbbbbb`, 1 of 1 network.',
        '',
        '| | Danger | Before → after |',
        '|---|---|---|',
        '| ✖ | **Proxy changed** · bscmainnet · Token · proxy<br>An upgrade keeps the proxy; a new one is a second ' +
          `deployment or a typo. | ${explorer('bscscan.com', address('Token proxy'))}<br>→ ${explorer('bscscan.com', address('typo'))} |`,
        '',
        '<sub>Locally: `stateroot diff main..release`</sub>',
      ].join('\n'),
    );
  });

  it('folds the rest by kind and tells the drift that follows', () => {
    const base = { bscmainnet: on(56, { Token: proxied('Token') }), beta: on(4242, { Token: proxied('Token') }) };
    const head = {
      bscmainnet: on(56, { Token: proxied('Token') }),
      beta: on(4242, { Token: proxied('Token', 2), Fee: proxied('Fee') }),
    };
    const text = diffMarkdown(review(base, head));
    assert.match(text, /^### ✔ 2 state changes on 1 network$/m);
    const digits = (version: number) => codeHash(`Token ${version}`).slice(2, 10);
    assert.ok(
      text.includes(
        `**Across networks:** Token will run \`${digits(2)}\` on 1 of 2 networks (beta) and \`${digits(1)}\` on 1 (**bscmainnet**).`,
      ),
      text,
    );
    assert.ok(
      text.includes('<details><summary>↑ 1 upgrade: <code>beta</code> · <code>Token</code></summary>\n\n'),
      text,
    );
    assert.ok(text.includes(`| code hash | \`${codeHash('Token 1')}\`<br>→ \`${codeHash('Token 2')}\` |`), text);
    assert.ok(text.includes(`proxy \`${address('Fee proxy')}\`, implementation \`${address('Fee 1')}\`\n`), text);
  });

  it('says where else a new contract is recorded', () => {
    const base = { bscmainnet: on(56, { Token: proxied('Token') }), beta: on(4242, {}) };
    const head = { ...base, beta: on(4242, { Token: proxied('Token') }) };
    assert.match(diffMarkdown(review(base, head)), /^\*\*beta · Token\*\* .*; also on bscmainnet$/m);
  });

  it('says what could not be read, and that nothing changed', () => {
    const state = { beta: on(4242, { Token: proxied('Token') }) };
    assert.match(diffMarkdown(review(state, state)), /^### ✔ No state changes$/m);
    const finding = {
      rule: 'json-syntax',
      severity: 'error',
      network: 'beta',
      file: 'x/beta.unified.json',
      line: 3,
      path: '',
      message: 'a | b @octocat',
    } as const;
    const lines = diffMarkdown(review(state, state, { findings: [finding] })).split('\n');
    assert.equal(lines[1], '### ✖ 1 file could not be read; no state changes');
    assert.equal(
      lines[6],
      '| ✖ | **Could not be read** · beta<br>`json-syntax`; compared with nothing | `x/beta.unified.json:3`<br>`a `&#124;` b @octocat` |',
    );
  });

  it('calls a renamed network renamed', () => {
    const contracts = { Token: proxied('Token') };
    const diff = review({ old: on(97, contracts) }, { fresh: on(97, contracts) });
    assert.match(diffMarkdown(diff), /\*\*fresh\*\* \(chain 97, testnet\), was old/);
    assert.match(renderDiff(diff, terminal), /~ renamed {2}fresh, was old/);
  });

  it('says how many networks were asked when not all were', () => {
    const state = (version: number) => ({ beta: on(4242, { Token: proxied('Token', version) }) });
    const diff = review(state(1), state(2), { others: { read: 20, of: 999 } });
    for (const text of [diffMarkdown(diff), renderDiff(diff, terminal), diffHtml(diff)]) {
      assert.match(text, /Compared with 20 of 999 unchanged networks; --all-networks asks them all\./);
    }
  });
});

describe('a diff that is too long for a comment', () => {
  const many = (count: number, make: (i: number) => Contract) =>
    Object.fromEntries(Array.from({ length: count }, (_, i) => [`Contract${i}`, make(i)]));
  const named = (prefix: string, contracts: Readonly<Record<string, Contract>>) =>
    Object.fromEntries(Object.entries(contracts).map(([name, contract]) => [prefix + name, contract]));
  const contracts = (n: number, version: number, timestamp: number) => ({
    ...named(
      'Up',
      many(n, (i) => proxied(`Up${i}`, version)),
    ),
    ...named(
      'Meta',
      many(n, (i) => proxied(`Meta${i}`, 1, { timestamp })),
    ),
  });
  const diff = (n: number, dangers: number) =>
    review(
      {
        bscmainnet: on(56, {
          ...contracts(n, 1, 1_755_000_000_001),
          ...named(
            'Gone',
            many(dangers, (i) => proxied(`Gone${i}`)),
          ),
        }),
      },
      {
        bsctestnet: on(97, { UpContract0: proxied('Up0', 1) }),
        bscmainnet: on(56, {
          ...contracts(n, 2, 1_755_000_000_002),
          ...named(
            'New',
            many(n, (i) => proxied(`New${i}`)),
          ),
        }),
      },
    );
  const groupsIn = (text: string) =>
    ['upgrade', 'new deployment', 'metadata edit'].filter((word) => new RegExp(`<summary>.*${word}`).test(text));

  it('leaves out metadata first, then deployments, then upgrades, each for a count; dangers and drift stay', () => {
    const twenty = diff(20, 2);
    const whole = diffMarkdown(twenty, { limit: 1e9 });
    assert.deepEqual(groupsIn(whole), ['upgrade', 'new deployment', 'metadata edit']);
    const seen: string[] = [];
    for (let limit = Buffer.byteLength(whole); limit > 3_000; limit -= 500) {
      const text = diffMarkdown(twenty, { limit, link: 'https://example.org/run' });
      assert.ok(Buffer.byteLength(text) <= limit);
      assert.equal(text.match(/\*\*Removed\*\*/g)?.length, 2);
      assert.match(text, /\*\*Across networks:\*\*/);
      const state = groupsIn(text).join(', ');
      if (seen.at(-1) !== state) seen.push(state);
      if (state === '')
        assert.match(text, /~ 20 metadata edits, left out for its length: \[all\]\(https:\/\/example\.org\/run\)/);
    }
    assert.deepEqual(seen, ['upgrade, new deployment, metadata edit', 'upgrade, new deployment', 'upgrade', '']);
  });

  it('stays below the limit of a comment, whatever there is', () => {
    const text = diffMarkdown(diff(400, 600));
    assert.ok(Buffer.byteLength(text) <= 65_536);
    const shown = text.match(/\*\*Removed\*\*/g)?.length ?? 0;
    const left = Number(/\*\*(\d+) more dangers\*\*/.exec(text)?.[1]);
    assert.equal(shown + left, 600);
    assert.ok(shown > 50);
    assert.match(text, /\*\*Across networks:\*\*/);
  });

  it('cuts a name that no valid file has, so that it hides no danger', () => {
    const long = 'n'.repeat(90_000);
    const gone = { [long]: proxied('A'), Token: proxied('Token') };
    const text = diffMarkdown(review({ [`a${long}`.slice(0, 60)]: on(56, gone) }, {}));
    assert.equal(text.match(/\*\*Removed\*\*/g)?.length, 2);
    assert.ok(Buffer.byteLength(text) < 5_000);
  });

  it('cuts a value that nobody reads, and a list of values', () => {
    const big = (letter: string) =>
      proxied('T', 1, { note: letter.repeat(100_000), list: Array.from({ length: 5000 }, () => letter) });
    const text = diffMarkdown(review({ a: on(1, { T: big('x') }) }, { a: on(1, { T: big('y') }) }));
    assert.ok(Buffer.byteLength(text) < 10_000);
    assert.match(text, /and 4,981 more values/);
  });
});

describe('a diff as a page', () => {
  const page = diffHtml(
    review(
      { bscmainnet: on(56, { Token: proxied('Token') }) },
      { bscmainnet: on(56, { Token: proxied('Token', 1, { proxy: address('x') }) }) },
    ),
  );

  it('loads nothing, runs nothing, and shows addresses in full', () => {
    assert.match(
      page,
      /<meta http-equiv="Content-Security-Policy" content="default-src &#39;none&#39;; style-src &#39;sha256-/,
    );
    assert.doesNotMatch(page, /<script|<img|<link|<iframe|\son[a-z]+=|\sstyle=|url\(/i);
    assert.ok(page.includes(`<a href="https://bscscan.com/address/${address('x')}" rel="noopener noreferrer">`));
    assert.ok(page.includes('✖ Proxy changed: bscmainnet / Token'));
  });

  it('has the style its policy allows', () => {
    const style = /<style>([\s\S]*)<\/style>/.exec(page)?.[1] ?? '';
    assert.ok(page.includes(`sha256-${createHash('sha256').update(style).digest('base64')}&#39;`));
  });
});

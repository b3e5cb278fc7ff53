import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { before, describe, it } from 'node:test';
import { createContext, runInContext, Script } from 'node:vm';
import { script } from '../../../src/cli/page/client/script.js';
import { windowMatrix } from '../../../src/cli/page/client/window-matrix.js';
import { reportMarker, reportPage } from '../../../src/cli/page/report-page.js';
import { htmlText } from '../../../src/cli/text/escape-html.js';
import { explorers } from '../../../src/core/config/explorers.js';
import { strings } from '../../hostile/corpus.js';
import { assertInert } from '../../hostile/inert.js';
import { address, proxied } from '../../support/deployments.js';
import { filesOf, hostileName, largeState, pageOf, reportOf, smallState } from '../../support/report.js';
import { type Element, strictElements } from '../../support/strict-html.js';

const pages = new Map<string, { page: string; elements: Element[] }>();

before(async () => {
  const states = { small: smallState(), large: largeState(30, 80), empty: {} };
  for (const [name, files] of Object.entries(states)) {
    const page = await pageOf(files);
    pages.set(name, { page, elements: strictElements(page) });
  }
});

function each(check: (page: string, elements: readonly Element[], name: string) => void): void {
  assert.equal(pages.size, 3);
  for (const [name, { page, elements }] of pages) check(page, elements, name);
}

function attributes(elements: readonly Element[], name: string): string[] {
  return elements.flatMap((element) => element.attributes.get(name) ?? []);
}

describe('a report page', () => {
  it('says by its policy that it runs one style and one script, and by their hashes which', () => {
    each((_page, elements) => {
      const policy = elements.find((element) => element.attributes.get('http-equiv') === 'Content-Security-Policy');
      const hashOf = (raw = '') => `'sha256-${createHash('sha256').update(raw, 'utf8').digest('base64')}'`;
      const styles = elements.filter(({ name }) => name === 'style');
      const scripts = elements.filter(
        ({ name, attributes: own }) => name === 'script' && own.get('type') === undefined,
      );
      assert.equal(styles.length, 1);
      assert.equal(scripts.length, 1);
      assert.equal(
        policy?.attributes.get('content'),
        `default-src 'none'; style-src ${hashOf(styles[0]?.raw)}; script-src ${hashOf(scripts[0]?.raw)}; base-uri 'none'; form-action 'none'`,
      );
    });
  });

  it('has no style and no handler attribute, and loads nothing', () => {
    each((_page, elements) => {
      const names = new Set(elements.flatMap((element) => [...element.attributes.keys()]));
      for (const name of names) assert.doesNotMatch(name, /^on|^style$|^src|^srcset$|^action$|^formaction$/);
      const used = new Set(elements.map(({ name }) => name));
      for (const name of ['link', 'img', 'iframe', 'object', 'embed', 'base', 'form']) assert.ok(!used.has(name), name);
    });
    assert.doesNotMatch(script, /\b(?:fetch|XMLHttpRequest|WebSocket|eval|Function|import|innerHTML|outerHTML)\b/);
  });

  it('leads out only to explorers, and tells them nothing', () => {
    const known = [...explorers.values()];
    each((_page, elements) => {
      for (const element of elements) {
        const href = element.attributes.get('href');
        if (href === undefined || href.startsWith('#')) continue;
        assert.ok(
          known.some((explorer) => href.startsWith(`${explorer}/address/0x`)),
          href,
        );
        assert.equal(element.attributes.get('rel'), 'noopener noreferrer');
      }
    });
    const { elements = [] } = pages.get('small') ?? {};
    assert.ok(attributes(elements, 'href').includes(`https://bscscan.com/address/${address('Token proxy')}`));
  });

  it('has every id once, and a target for every link within', () => {
    each((_page, elements, name) => {
      const ids = attributes(elements, 'id');
      assert.equal(new Set(ids).size, ids.length, name);
      const named = new Set(ids);
      const wanted = [
        ...attributes(elements, 'href')
          .filter((href) => href.startsWith('#'))
          .map((href) => href.slice(1)),
        ...attributes(elements, 'aria-labelledby').flatMap((value) => value.split(' ')),
        ...attributes(elements, 'for'),
      ];
      assert.deepEqual(
        wanted.filter((id) => !named.has(id)),
        [],
        name,
      );
    });
  });

  it('has landmarks, one first heading, names for its parts and a text for its drawing', () => {
    each((_page, elements) => {
      const count = (wanted: string) => elements.filter(({ name }) => name === wanted).length;
      for (const wanted of ['header', 'nav', 'main', 'footer', 'h1', 'search']) {
        assert.equal(count(wanted), 1, wanted);
      }
      for (const { name, attributes: own } of elements) {
        const isNamed = own.has('aria-labelledby') || own.has('aria-label');
        if (['section', 'nav', 'article', 'svg'].includes(name)) assert.ok(isNamed, name);
        if (own.get('role') === 'region' || own.get('role') === 'grid') assert.ok(isNamed);
        if (name === 'th') assert.ok(own.has('scope'));
      }
      assert.equal(elements.find(({ name }) => name === 'html')?.attributes.get('lang'), 'en');
    });
    assert.match(
      pages.get('small')?.page ?? '',
      /<svg [^>]*role="img" aria-labelledby="drawing-title drawing-text">\n<title/,
    );
  });

  it('shows every field of a record in full without a script, and where it was changed', () => {
    const { page = '' } = pages.get('small') ?? {};
    const [, article = ''] =
      /(<article class="detail" id="record-bscmainnet:Token"[\s\S]*?<\/article>)/.exec(page) ?? [];
    assert.ok(article.includes(`<code>${address('Token proxy')}</code>`));
    assert.ok(article.includes(`<code>${address('Token 2')}</code>`));
    assert.match(article, /<dt>checksum<\/dt><dd><div><code>sha256:[0-9a-f]{64}<\/code>/);
    assert.match(article, /version B on 1 of 4, differs/);
    assert.match(article, /<dt>history<\/dt><dd><div><a href="#commit-[0-9a-f]{40}">/);
    assert.match(article, /2025-08-12 12:00:00 UTC/);
  });

  it('marks drift and what is missing with a mark and a word', () => {
    const { page = '' } = pages.get('small') ?? {};
    assert.equal(
      page.match(
        /<td class="differs"><a [^>]*><span class="code"><span class="mark" aria-hidden="true">◆<\/span>[^<]*<span[^>]*>version <\/span><b class="letter">B<\/b>/g,
      )?.length,
      1,
    );
    assert.match(page, /<b>differs<\/b>/);
    assert.equal(
      page.match(/<td class="missing"><span class="missing"><span aria-hidden="true">○<\/span> missing<\/span>/g)
        ?.length,
      1,
    );
  });

  it('links a finding to its record, with rule, severity and file:line:column', () => {
    const { page = '' } = pages.get('small') ?? {};
    assert.match(page, /<span class="severity error"><span aria-hidden="true">✖<\/span> error<\/span>/);
    assert.match(page, /<code class="rule">topology\/cross-tier<\/code>/);
    assert.match(page, /<code>deployments\/unified\/bscmainnet\.unified\.json:\d+:\d+<\/code>/);
    assert.match(page, /<a href="#record-[^"]+">bscmainnet \/ Token<\/a>/);
  });

  it('says what was not checked', () => {
    const { page = '' } = pages.get('small') ?? {};
    const section = page.slice(page.indexOf('id="not-checked"'));
    assert.match(section, /no chain was asked/);
    assert.match(section, /9 records name no hash scheme/);
    assert.match(section, /The time after \d{4}-/);
  });

  it('is the same for the same state, and begins as a report does', async () => {
    const page = await pageOf(smallState());
    assert.equal(page, pages.get('small')?.page);
    assert.ok(page.startsWith(reportMarker));
  });

  it('draws of a window what is in view, and no more than there is', () => {
    const around = createContext({ data: null });
    runInContext(windowMatrix, around);
    const inView = (...args: readonly number[]): unknown =>
      JSON.parse(runInContext(`JSON.stringify(inView(${args.join(', ')}))`, around) as string);
    assert.deepEqual(inView(0, 480, 48, 100, 2), { from: 0, to: 12 });
    assert.deepEqual(inView(2400, 480, 48, 100, 2), { from: 48, to: 62 });
    assert.deepEqual(inView(4700, 480, 48, 100, 2), { from: 95, to: 100 });
    assert.deepEqual(inView(0, 480, 48, 3, 2), { from: 0, to: 3 });
  });

  it('holds one script that a browser can read', () => {
    assert.doesNotThrow(() => new Script(script));
    assert.ok(!script.includes('</'));
  });
});

describe('a report page of a large state', () => {
  it('holds its matrix and its details as data, and one of each kind of cell', () => {
    const { elements = [] } = pages.get('large') ?? {};
    const blocks = elements.filter(({ attributes: own }) => own.get('type') === 'application/json');
    assert.equal(blocks.length, 31);
    for (const { raw } of blocks) {
      assert.doesNotMatch(raw, /[<>&\u2028\u2029]/);
      assert.doesNotThrow(() => JSON.parse(raw) as unknown);
    }
    const matrix = JSON.parse(blocks[0]?.raw ?? '') as {
      networks: unknown[];
      rows: { name: string; cells: number[] }[];
    };
    assert.deepEqual([matrix.networks.length, matrix.rows.length], [30, 80]);
    assert.ok(matrix.rows.some(({ name }) => name === hostileName));
    assert.deepEqual(new Set(matrix.rows.flatMap(({ cells }) => cells)), new Set([0, 1]));
    assert.equal(elements.filter(({ name }) => name === 'template').length, 8);
    assert.equal(elements.filter(({ name }) => name === 'article').length, 0);
  });

  it('says without a script that it needs one', () => {
    assert.match(pages.get('large')?.page ?? '', /<noscript><p>[^<]*too many cells/);
  });
});

describe(`a report page of ${strings.length} naughty strings`, () => {
  it('is strict HTML and inert, whatever a contract, a field and a value are called', async () => {
    const names = strings.filter((text) => !/\p{Cs}/u.test(text) && text !== '' && text !== '__proto__');
    assert.ok(names.length > 15);
    const contracts = (group: readonly string[]) =>
      Object.fromEntries(
        group.map((text) => [text, proxied(text, 1, { [`x-${text}`]: { [text]: [text] }, note: text })]),
      );
    for (let at = 0; at < names.length; at += 100) {
      const group = names.slice(at, at + 100);
      const files = filesOf({
        bsctestnet: { chainId: 97, contracts: contracts(group), sections: { [`x-${group[0] ?? ''}`]: group } },
      });
      const page = reportPage(await reportOf(files));
      assert.equal(strictElements(page).filter(({ name }) => name === 'article').length, group.length + 1);
      assertInert(page, group.join(' '));
      for (const text of group) assert.ok(page.includes(`-title">${htmlText(text)}</h3>`), text);
    }
  });
});

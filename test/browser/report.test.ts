import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { after, before, describe, it, type TestContext } from 'node:test';
import { setTimeout } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { hostileName, largeState, pageOf, smallState } from '../support/report.js';
import { type Browser, type BrowserContextOptions, openBrowser, type Page } from './browser.js';

let browser: Browser | string = 'not opened';
const folder = mkdtempSync(join(tmpdir(), 'stateroot-browser-'));
/** Where screenshots stay to be looked at; without it nobody needs them. */
const shots = process.env['STATEROOT_SHOTS'] ?? folder;

before(async () => {
  browser = await openBrowser();
});

after(async () => {
  if (typeof browser !== 'string') await browser.close();
  rmSync(folder, { recursive: true });
});

type Opened = { readonly page: Page; readonly heard: string[] };

/** Opens a file, and hears every complaint and every request of it. */
async function opened(t: TestContext, file: string, options: BrowserContextOptions = {}): Promise<Opened | null> {
  if (typeof browser === 'string') {
    t.skip(browser);
    return null;
  }
  const page = await browser.newPage({ viewport: { width: 1400, height: 900 }, ...options });
  const heard: string[] = [];
  page.on('console', (message) => heard.push(`${message.type()}: ${message.text()}`));
  page.on('pageerror', (error) => heard.push(`error: ${error.message}`));
  page.on('request', (request) => {
    if (!request.url().startsWith('file:')) heard.push(`request: ${request.url()}`);
  });
  await page.goto(pathToFileURL(join(folder, file)).href);
  return { page, heard };
}

/** Waits for the page to be so; the page's policy lets nobody evaluate text in it, so that it is asked again and again. */
async function until(page: Page, condition: string): Promise<void> {
  for (let tries = 0; tries < 500; tries += 1) {
    if (await page.evaluate<boolean>(condition)) return;
    await setTimeout(20);
  }
  assert.fail(`never came true: ${condition}`);
}

const focusedText = `document.activeElement.textContent`;
const openTitle = `document.querySelector('.detail.open, .detail:target')?.querySelector('h3').textContent ?? null`;

describe('a report page in a browser', () => {
  before(async () => {
    writeFileSync(join(folder, 'small.html'), await pageOf(smallState()));
  });

  for (const colorScheme of ['light', 'dark'] as const) {
    it(`is drawn ${colorScheme}, wide and narrow, without a complaint or a request`, async (t) => {
      for (const width of [1400, 390]) {
        const at = await opened(t, 'small.html', { colorScheme, viewport: { width, height: 900 } });
        if (at === null) return;
        await at.page.screenshot({ path: join(shots, `${colorScheme}-${width}.png`), fullPage: true });
        const ground = await at.page.evaluate<string>(`getComputedStyle(document.body).backgroundColor`);
        assert.equal(ground, colorScheme === 'light' ? 'rgb(250, 250, 250)' : 'rgb(12, 12, 15)');
        assert.ok(await at.page.evaluate<boolean>(`document.documentElement.scrollWidth <= innerWidth`), `${width}`);
        assert.deepEqual(at.heard, []);
      }
    });
  }

  it('shows a contract that is called like a tag as text', async (t) => {
    const at = await opened(t, 'small.html');
    if (at === null) return;
    assert.equal(await at.page.evaluate(`document.images.length`), 0);
    const names = await at.page.evaluate<string[]>(
      `[...document.querySelectorAll('tbody th[scope=row]')].map((each) => each.firstChild.textContent)`,
    );
    assert.ok(names.includes(hostileName));
    await at.page.keyboard.press('/');
    await at.page.keyboard.type('<img src');
    // At once: what is found is there before the key walks to it.
    await at.page.keyboard.press('ArrowDown');
    assert.equal(await at.page.evaluate(`document.activeElement.closest('#results')?.childElementCount`), 6);
    await at.page.keyboard.press('Enter');
    await until(at.page, `(${openTitle}) !== null`);
    assert.equal(await at.page.evaluate(openTitle), hostileName);
    assert.equal(await at.page.evaluate(`document.images.length`), 0);
    assert.deepEqual(at.heard, []);
  });

  it('is walked by keys: through the matrix, into a record and back', async (t) => {
    const at = await opened(t, 'small.html');
    if (at === null) return;
    const { page } = at;
    await page.evaluate(`document.querySelector('a.cell').focus()`);
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('ArrowLeft');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowUp');
    const cell = await page.evaluate<string>(`document.activeElement.id`);
    assert.match(cell, /^cell-/);
    await page.keyboard.press('Enter');
    await until(page, `(${openTitle}) !== null`);
    assert.equal(await page.evaluate(`document.activeElement.id`), cell.replace('cell', 'record'));
    await page.keyboard.press('Escape');
    await until(page, `(${openTitle}) === null`);
    assert.equal(await page.evaluate(`document.activeElement.id`), cell);
    assert.equal(await page.evaluate(`document.querySelectorAll('tbody a[tabindex="0"]').length`), 1);
    assert.deepEqual(at.heard, []);
  });

  it('filters by drift, and copies an address', async (t) => {
    const at = await opened(t, 'small.html');
    if (at === null) return;
    const { page } = at;
    await page.click('[data-filter=drift]');
    const shown = `[...document.querySelectorAll('tr[data-flags]:not([hidden]) th')].map((each) => each.firstChild.textContent)`;
    assert.deepEqual(await page.evaluate(shown), ['Token']);
    await page.click('a.cell[href="#record-bscmainnet:Token"]');
    await page.click('.detail:target .copy');
    await until(
      page,
      `document.getElementById('said').textContent.startsWith('Copied 0x') || document.getElementById('said').textContent.startsWith('Selected')`,
    );
    assert.deepEqual(at.heard, []);
  });

  it('shows a record without scripts', async (t) => {
    const at = await opened(t, 'small.html', { javaScriptEnabled: false });
    if (at === null) return;
    await at.page.click('a.cell[href="#record-bscmainnet:Token"]');
    await at.page.screenshot({ path: join(shots, 'without-scripts.png') });
    assert.deepEqual(at.heard, []);
  });
});

const networks = Number(process.env['STATEROOT_NETWORKS'] ?? '40');

describe(`a report page of ${networks} networks with 100 records each`, () => {
  it('can be used at once, and draws only what is in view', async (t) => {
    if (typeof browser === 'string') {
      t.skip(browser);
      return;
    }
    const text = await pageOf(largeState(networks, 100));
    writeFileSync(join(folder, 'large.html'), text);
    const started = performance.now();
    const at = await opened(t, 'large.html');
    if (at === null) return;
    const { page } = at;
    await page.keyboard.press('Tab');
    await page.evaluate(`document.querySelector('#window [tabindex="0"]').focus()`);
    await page.keyboard.press('ArrowRight');
    const first = await page.evaluate<string>(`document.activeElement.id`);
    t.diagnostic(
      `${(text.length / 1e6).toFixed(1)} MB, the first key was answered after ${Math.round(performance.now() - started)} ms`,
    );
    assert.match(first, /^cell-network0001:/);
    assert.ok((await page.evaluate<number>(`document.querySelectorAll('#window .at').length`)) < 600);

    for (let step = 0; step < 30; step += 1) await page.keyboard.press('ArrowRight');
    for (let step = 0; step < 40; step += 1) await page.keyboard.press('ArrowDown');
    assert.match(await page.evaluate<string>(`document.activeElement.id`), /^cell-network0031:Contract0[34]\d$/);
    const asked = performance.now();
    await page.keyboard.press('Enter');
    await until(page, `(${openTitle}) !== null`);
    t.diagnostic(`a record was open after ${Math.round(performance.now() - asked)} ms`);
    await page.screenshot({ path: join(shots, 'large.png') });
    await page.keyboard.press('Escape');
    assert.equal(await page.evaluate(openTitle), null);
    assert.match(await page.evaluate<string>(`document.activeElement.id`), /^cell-network0031:/);

    const sought = performance.now();
    await page.keyboard.press('/');
    await page.keyboard.type(`network${String(networks - 1).padStart(4, '0')}`);
    await until(page, `document.querySelectorAll('#results a').length > 0`);
    t.diagnostic(`found after ${Math.round(performance.now() - sought)} ms`);
    await page.keyboard.press('Escape');
    await page.click('[data-filter=drift]');
    assert.ok(await page.evaluate<boolean>(`document.querySelectorAll('#window .differs .cell').length > 0`));
    assert.equal(await page.evaluate(`document.images.length`), 0);
    assert.equal(
      await page.evaluate(`document.querySelector('.row-name:not(:empty)') !== null && ${focusedText} !== null`),
      true,
    );
    assert.deepEqual(at.heard, []);
  });
});

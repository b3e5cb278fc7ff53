import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it, type TestContext } from 'node:test';
import { runReport } from '../../../src/cli/verbs/report.js';
import { type ErrorCode, StateManagerError } from '../../../src/errors.js';
import { memoryRepository } from '../../support/memory-repository.js';
import { smallState } from '../../support/report.js';
import { terminal, verbContext } from '../../support/verb-context.js';

const state = smallState();

function folder(t: TestContext): string {
  const made = mkdtempSync(join(tmpdir(), 'stateroot-report-'));
  t.after(() => {
    rmSync(made, { recursive: true });
  });
  return made;
}

function report(args: Record<string, unknown>, cwd: string) {
  return runReport(args, { ...verbContext(memoryRepository(state)), cwd });
}

function refused(code: ErrorCode) {
  return (error: unknown) => error instanceof StateManagerError && error.code === code;
}

describe('report', () => {
  it('writes the page, and says in a line what it shows', async (t) => {
    const cwd = folder(t);
    const outcome = await report({ out: 'new/state.html' }, cwd);
    const page = readFileSync(join(cwd, 'new', 'state.html'));
    assert.match(
      outcome.text(terminal),
      /^✔ new\/state\.html: 4 networks, 9 records, 1 contract with drift, 1 missing/,
    );
    const { commit, ...data } = outcome.data as Record<string, unknown>;
    assert.match(String(commit), /^[0-9a-f]{40}$/);
    assert.deepEqual(
      [
        data['out'],
        data['bytes'],
        data['networks'],
        data['contracts'],
        data['records'],
        data['drift'],
        data['missing'],
      ],
      ['new/state.html', page.length, 4, 3, 9, 1, 1],
    );
    assert.deepEqual(readdirSync(join(cwd, 'new')), ['state.html']);
  });

  it('overwrites its own page and nothing else', async (t) => {
    const cwd = folder(t);
    await report({ out: 'state.html' }, cwd);
    await report({ out: 'state.html' }, cwd);
    writeFileSync(join(cwd, 'index.html'), '<!doctype html>\n<title>mine</title>\n');
    writeFileSync(join(cwd, 'empty.html'), '');
    mkdirSync(join(cwd, 'folder'));
    symlinkSync('state.html', join(cwd, 'link.html'));
    for (const out of ['index.html', 'empty.html', 'folder', 'link.html']) {
      await assert.rejects(report({ out }, cwd), refused('OUTPUT_EXISTS'), out);
    }
    assert.match(readFileSync(join(cwd, 'index.html'), 'utf8'), /mine/);
  });

  it('says of a place that cannot be written that it failed', async (t) => {
    const cwd = folder(t);
    writeFileSync(join(cwd, 'file'), 'x');
    await assert.rejects(report({ out: 'file/state.html' }, cwd), refused('FILE_FAILED'));
  });

  it('prints the page for -', async (t) => {
    const cwd = folder(t);
    const text = (await report({ out: '-' }, cwd)).text(terminal);
    assert.ok(text.startsWith('<!doctype html>\n<!-- stateroot:report -->\n') && text.endsWith('</html>'));
    assert.deepEqual(readdirSync(cwd), []);
  });

  for (const args of [{}, { out: '' }, { out: '-', json: true }, { out: 'x.html', on: '2026-02-30' }]) {
    it(`${JSON.stringify(args)} is refused`, async (t) => {
      await assert.rejects(report(args, folder(t)), refused('BAD_USAGE'));
    });
  }

  it('is judged on the day that is given', async (t) => {
    const outcome = await report({ out: '-', on: '2031-05-06' }, folder(t));
    assert.match(outcome.text(terminal), /The time after 2031-05-06 23:59:59 UTC/);
  });
});

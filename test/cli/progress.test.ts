import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { showProgress } from '../../src/cli/progress.js';

function scene(terminal: boolean) {
  const written: string[] = [];
  const clock = { time: 0 };
  const style = { color: false, unicode: true, terminal, width: 60 };
  const progress = showProgress('Reading', 28, {
    style,
    write: (text) => void written.push(text),
    now: () => clock.time,
  });
  return { written, clock, progress };
}

describe('progress', () => {
  it('stays silent for half a second, then rewrites one line and erases it', () => {
    const { written, clock, progress } = scene(true);
    progress.step(1);
    assert.equal(written.length, 0);
    clock.time = 600;
    progress.step(14, 'bsc\u001b');
    progress.done();
    assert.equal(written.length, 2);
    assert.match(written[0] ?? '', /^\r\u001b\[KReading .*14\/28 {2}bsc\\x1b/);
    assert.equal(written[1], '\r\u001b[K');
  });

  it('never fills the whole width, a wrapped line cannot be erased', () => {
    const { written, clock, progress } = scene(true);
    clock.time = 600;
    progress.step(3, 'a'.repeat(200));
    assert.ok((written[0] ?? '').length < 60 + '\r\u001b[K'.length);
  });

  it('erases nothing when nothing was drawn', () => {
    const { written, progress } = scene(true);
    progress.done();
    assert.deepEqual(written, []);
  });

  it('is absent in a pipe', () => {
    const { written, clock, progress } = scene(false);
    clock.time = 5000;
    progress.step(5);
    progress.done();
    assert.deepEqual(written, []);
  });
});

import assert from 'node:assert/strict';
import { performance } from 'node:perf_hooks';
import { describe, it, type TestContext } from 'node:test';
import { PerformanceMonitor } from '../../src/managers/performance-monitor.js';

function timed(t: TestContext) {
  let now = 0;
  t.mock.method(performance, 'now', () => now);
  const warnings: string[] = [];
  const monitor = new PerformanceMonitor({ warn: (message) => void warnings.push(message) });
  const take = (operation: string, ms: number) => {
    const id = monitor.startTiming(operation);
    now += ms;
    return monitor.endTiming(id);
  };
  return { monitor, take, warnings };
}

describe('PerformanceMonitor', () => {
  it('tells how long each took, and the mean of all of an operation', (t) => {
    const { monitor, take } = timed(t);
    assert.equal(monitor.getAverageTime('read'), 0);
    assert.equal(take('read', 10), 10);
    assert.equal(take('read', 30), 30);
    assert.equal(take('write', 500), 500);
    assert.equal(monitor.getAverageTime('read'), 20);
    assert.equal(monitor.getAverageTime('write'), 500);
  });

  it('warns of what took more than a second, and of nothing else', (t) => {
    const { take, warnings } = timed(t);
    take('contract_migration', 1000);
    assert.deepEqual(warnings, []);
    take('contract_migration', 1001);
    assert.match(warnings.join(';'), /^[^;]*contract_migration[^;]*$/);
  });

  it('warns on stderr by itself', (t) => {
    const warn = t.mock.method(console, 'warn', () => undefined);
    const monitor = new PerformanceMonitor({ slowAfter: -1 });
    monitor.endTiming(monitor.startTiming('x'));
    assert.equal(warn.mock.callCount(), 1);
  });

  it('keeps timings of one operation apart, and refuses one that has ended', (t) => {
    const { monitor } = timed(t);
    const [first, second] = [monitor.startTiming('read'), monitor.startTiming('read')];
    assert.notEqual(first, second);
    monitor.endTiming(first);
    assert.throws(() => monitor.endTiming(first), { code: 'BAD_USAGE' });
    monitor.endTiming(second);
  });
});

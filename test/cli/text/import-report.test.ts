import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { importNotes, importSummary } from '../../../src/cli/text/import-report.js';
import { importLevelDb } from '../../../src/commands/import-leveldb.js';
import { sampleEntries } from '../../../src/core/sample/entries.js';
import { contractValue, entriesOf } from '../../support/leveldb-store.js';
import { memoryRepository } from '../../support/memory-repository.js';

const style = { color: false, terminal: true, unicode: true, width: 120 } as const;

describe('the report of an import', () => {
  it('counts what there is: all records, those that came in by network, and those set aside', async () => {
    const odd = { '31337-LookCoin': contractValue('LookCoin', 31337, { address: '0xabcd' }) };
    const more = { '31337-SupplyOracle': contractValue('SupplyOracle', 31337, { address: '0xefgh' }) };
    const real = Object.fromEntries(sampleEntries().map(({ key, value }) => [key, value]));
    const result = await importLevelDb(memoryRepository({ 'README.md': 'mine' }), {
      entries: entriesOf({ ...real, ...odd, ...more }),
      here: false,
      allowDetached: false,
      strict: false,
      dryRun: false,
      wish: {},
    });
    const summary = importSummary(result, false, style);
    assert.match(summary, /26 of 28 records/);
    const counts = [...summary.matchAll(/ (\d+) records?$/gm)].map(([, count]) => Number(count));
    assert.deepEqual([counts.length, counts.reduce((total, count) => total + count, 0)], [5, 26]);
    const notes = importNotes(result, false, style);
    assert.match(notes, /Quarantined 2,/);
    for (const key of ['31337-LookCoin', '31337-SupplyOracle']) assert.ok(notes.includes(key), notes);
  });
});

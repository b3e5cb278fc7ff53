import { it } from 'node:test';
import { consolidate } from '../../../src/commands/migration/consolidate.js';
import { networkFileText } from '../../../src/core/model/network-file.js';
import { inspectFile } from '../../../src/core/inspect/inspect.js';
import { realSources, settleAll, stateOf, stateWith } from '../../support/migration-sources.js';
it('x', async () => {
  const s = await realSources();
  if (s === null) return;
  const c = await consolidate(await stateWith(), s);
  console.log(c.id, c.networks, c.rejects.map((r) => [r.key, r.reason, r.chainId]), JSON.stringify(c.ambiguous), c.passedOver, c.ignored);
  const all = await settleAll(c, await stateWith());
  for (const n of all) {
    console.log('=====', n.network, n.changed.join(), n.unchanged, n.isChanged, n.withoutArguments, JSON.stringify(n.recovered));
    for (const a of n.ambiguous) console.log('  AMB', JSON.stringify(a).slice(0, 300));
    for (const a of n.rejects) console.log('  REJ', a.key, a.reason, a.file, Buffer.from(a.raw).toString().slice(0, 80));
    const counts = new Map<string, number>();
    for (const f of n.folded) counts.set(f.rule, (counts.get(f.rule) ?? 0) + 1);
    console.log('  FOLDED', counts);
    console.log('  FINDINGS', inspectFile({ path: `deployments/unified/${n.network}.unified.json`, mode: '100644', bytes: Buffer.from(networkFileText(n.file)) }));
  }
  console.log(networkFileText(all.find((n) => n.network === 'bsctestnet')!.file));
  const base = await stateWith(stateOf(all));
  const again = await settleAll(await consolidate(base, s), base);
  for (const n of again) console.log(n.network, n.isChanged, n.changed, n.unchanged);
});

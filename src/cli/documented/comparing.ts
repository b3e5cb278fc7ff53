import type { Topic } from './answer.js';

const bothSides = { runs: ['migrate validate'], note: 'LevelDB against the work tree; --at names another commit' };
const settled = {
  runs: ['migrate reconcile --rule {rule=evidence}'],
  note: 'one commit; --rule leveldb or git names the authoritative side, without a terminal nothing is asked',
};

/** LevelDB against the network files, field by field, and what settles a difference. */
export const comparing: Topic = {
  title: 'Comparing and reconciling',
  answers: {
    'compare:leveldb-vs-json': bothSides,
    'compare:contract-addresses': bothSides,
    'compare:implementation-hashes': bothSides,
    'compare:deployment-metadata': bothSides,
    'check:data-inconsistencies': bothSides,
    'identify:affected-contracts': bothSides,
    'generate:data-consistency-report': bothSides,
    'generate:reconciliation-report': bothSides,
    'review:data-discrepancies': bothSides,
    'verify:backend-consistency': bothSides,
    'verify:contract-access-both-backends': bothSides,
    'verify:address-sync': bothSides,
    'verify:sync-completion': bothSides,
    'verify:hash-consistency': bothSides,
    'validate:metadata-consistency': bothSides,
    'test:write-consistency': bothSides,
    'identify:authoritative-addresses': {
      runs: ['migrate reconcile --rule evidence --dry-run'],
      note: 'writes nothing',
    },
    'reconcile:automated': settled,
    'force:backend-sync': settled,
    'sync:from-authoritative-source': settled,
    'sync:contract-addresses': settled,
    'sync:deployment-metadata': settled,
    'apply:manual-corrections': { runs: ['apply {file}'], note: 'puts and deletes from a JSON file, as one commit' },
    'verify:manual-corrections': { runs: ['validate', 'check', 'migrate validate'] },
    'verify:expected-hashes': { runs: ['check'], note: 'hashes of one contract on all networks' },
    'validate:metadata-completeness': { runs: ['check'], note: 'rule args/unknown names records without arguments' },
    'recalculate:implementation-hashes': {
      not: 'A hash is computed from compiled code, which stateroot does not have.',
      instead:
        'bytecodeHash(code, scheme) of the library computes it where your artifacts are; update:implementation-hashes records it',
    },
    'update:implementation-hashes': {
      runs: ['put {network} {contract} --set implementationHash={hash}'],
      note: 'one commit; a wrong hash makes the next deploy script upgrade, or not',
    },
  },
};

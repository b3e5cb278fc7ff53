import type { Row } from '../row.js';

/** Consistency across networks and backends. */
export const rows: readonly Row[] = [
  {
    id: 'R173',
    says: 'Networks are checked against each other',
    code: 'src/core/consistency/check.ts#findProblems',
    test: 'test/commands/check.test.ts › says where: file, line, column, pointer, network',
  },
  {
    id: 'R174',
    says: 'Two backends are compared in addresses, hashes and metadata',
    code: 'src/managers/dual-write/migration-state-manager.ts#MigrationStateManager.validateConsistency',
    test: 'test/managers/dual-write/migration-state-manager.test.ts › has each difference of each contract, both ways',
  },
  {
    id: 'R175',
    says: 'Hashes of code can be computed anew under each scheme, and compared with what is recorded',
    code: 'src/core/deployment/bytecode-hash.ts#bytecodeHash',
    test: 'test/core/deployment/bytecode-hash.test.ts › leaves out the metadata of every solc under the schemes that say so',
  },
  {
    id: 'R176',
    says: 'What a record does not say is found: arguments that are unknown',
    code: 'src/core/consistency/rules/args-unknown.ts#argsUnknown.find',
    test: 'test/core/consistency/every-rule.test.ts › record/args-unknown fires on its example, once in each place, and is silent beside it',
  },
  {
    id: 'R177',
    says: 'Differences of addresses, hashes and metadata are told apart: what belongs to the code is one decision, each other field its own',
    code: 'src/core/reconcile/discrepancy.ts#unitsOf',
    test: 'test/commands/migration/reconcile.test.ts › is one decision for the code of a contract, and one for each other field',
  },
  {
    id: 'R178',
    says: 'Checks of what each network needs: protocols and their modules, endpoints, verifiers, the message bus, fees',
    code: 'src/core/consistency/state/protocol-terms.ts#feesOf',
    test: 'test/core/consistency/rules.test.ts › fees are read in both spellings: shares of 10,000, and the smallest not above the largest',
  },
  {
    id: 'R179',
    says: '`MultiChainStateManager` syncs, finds contradictions, finds a contract on all chains, and updates several in one commit',
    code: 'src/managers/multi-chain/multi-chain-state-manager.ts#MultiChainStateManager',
    test: 'test/managers/multi-chain/multi-chain-state-manager.test.ts › is updated in one commit, or not at all',
  },
  {
    id: 'R180',
    says: 'Whether to upgrade is decided by the hash of the code',
    code: 'src/core/deployment/compare-code.ts#compareCode',
    test: 'test/core/deployment/decide.test.ts › is unchanged for the recorded hash, in any case, by either field',
  },
];

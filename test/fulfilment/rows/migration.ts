import type { Row } from '../row.js';

/** The staged migration. */
export const rows: readonly Row[] = [
  {
    id: 'R105',
    says: 'Both backends are written, then the new one is read with the old one behind it, then the old one is written no more',
    code: 'src/managers/dual-write/write-both.ts#writePrimary',
    test: 'test/managers/dual-write/migration-state-manager.test.ts › reads the target with the source behind it, and writes the target alone, where dual-write is off',
  },
  {
    id: 'R108',
    says: 'Every contract of the old database is read, and none is passed over in silence',
    code: 'src/leveldb/read-leveldb.ts#examineLevelDb',
    test: 'test/leveldb/level-store.test.ts › gives every entry byte for byte, ascending by key',
  },
  {
    id: 'R109',
    says: 'Arguments that an entry has lost come back from its older versions, marked as recovered',
    code: 'src/core/legacy/recover-fields.ts#recoverFields',
    test: 'test/commands/import-recovered.test.ts › come in marked with the file they stood in, once',
  },
  {
    id: 'R110',
    says: 'Deploy scripts run unchanged on every backend',
    code: 'src/managers/fetch-deployment.ts#fetchDeployment',
    test: 'test/managers/deploy/deploy-script.test.ts › deploys, upgrades and leaves alone on leveldb',
  },
  {
    id: 'R114',
    says: 'Values survive to the last digit, bigints of any size included',
    code: 'src/core/values/bigint.ts#tagBigints',
    test: 'test/managers/json-contracts.test.ts › comes back: native bigints, small, negative and huge, at every depth',
  },
  {
    id: 'R116',
    says: 'The factory opens what the environment and the folder ask for, and touches nothing before it is asked to write',
    code: 'src/managers/factory/state-manager-factory.ts#StateManagerFactory.createManager',
    test: 'test/managers/factory/state-manager-factory.test.ts › is LevelDB where there is nothing at all, and touches nothing',
  },
  {
    id: 'R117',
    says: 'Under dual-write each side has what was deployed',
    code: 'src/managers/dual-write/write-both.ts#writeBoth',
    test: 'test/managers/deploy/deploy-script.test.ts › finds on each side what dual-write wrote, and leaves it alone',
  },
  {
    id: 'R119',
    says: 'Corruption, missing permissions and locks are named refusals, and nothing new is made over what is damaged',
    code: 'src/managers/leveldb/find-database.ts#isDatabase',
    test: 'test/managers/leveldb-behaviour.test.ts › the remains of one are damage, and no new one is made over them',
  },
  {
    id: 'R125',
    says: 'Other projects can use it: networks and chains that nobody knows have names and files too',
    code: 'src/core/config/resolve-network.ts#networkOfChainId',
    test: 'test/commands/import-leveldb.test.ts › of a chain nobody knows is called as the source calls it, else by its id, and no two chains share a file',
  },
];

import { argv, stdout } from 'node:process';
import { MigrationStateManager } from '../../src/managers/dual-write/migration-state-manager.js';
import { sampleContract } from './contracts.js';

// Writes contracts to LevelDB and JSON of a folder, one after the other, until it is killed; says each that is answered for.
const [cwd = '', first = '0'] = argv.slice(2);
const manager = new MigrationStateManager('bsctestnet', 'leveldb', { cwd });
for (let version = Number(first); ; version += 1) {
  const name = `Contract${version % 5}`;
  await manager.putContract(97, sampleContract(name, 97, { deploymentArgs: [version] }));
  stdout.write(`${version}\n`);
}

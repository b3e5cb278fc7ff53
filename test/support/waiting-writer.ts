import { once } from 'node:events';
import { argv, env, stdin, stdout } from 'node:process';
import { StateManagerFactory } from '../../src/managers/factory/state-manager-factory.js';
import { sampleContract } from './contracts.js';

// A deploy script that opens its manager and writes each contract that a line of stdin names; `read` looks at what is there.
const [cwd = ''] = argv.slice(2);
const manager = await StateManagerFactory.createManager('bsctestnet', { cwd, backends: { unified: { env } } });
stdout.write('open\n');
stdin.setEncoding('utf8');
for (;;) {
  const [line] = (await once(stdin, 'data')) as [string];
  const name = line.trim();
  if (name === 'end') break;
  if (name === 'read') await manager.getAllContracts(97);
  else await manager.putContract(97, sampleContract(name, 97));
  stdout.write(`${name}\n`);
}
await manager.close();
stdin.destroy();

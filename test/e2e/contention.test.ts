import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import process from 'node:process';
import { describe, it } from 'node:test';
import { program, statejson } from '../support/command-line.js';
import { tempRepository, type TempRepository } from '../support/temp-repository.js';

function put(temp: TempRepository, name: string): Promise<number | null> {
  const set = `implementation=0x${Buffer.from(name).toString('hex').padStart(40, '0')}`;
  const child = spawn(process.execPath, [program, 'put', 'bsctestnet', name, '--set', set, '-q'], {
    cwd: temp.path,
    env: temp.env,
    stdio: 'ignore',
  });
  return new Promise((resolve) => child.on('exit', resolve));
}

describe('two processes with 25 puts each on one network', () => {
  it('make 50 commits and 50 records on one line', async (t) => {
    const temp = tempRepository(t);
    const writer = async (letter: string) => {
      const codes: (number | null)[] = [];
      for (let i = 0; i < 25; i += 1) codes.push(await put(temp, `${letter}${i}`));
      return codes;
    };
    const codes = (await Promise.all([writer('A'), writer('B')])).flat();
    assert.deepEqual(
      codes,
      Array.from({ length: 50 }, () => 0),
    );
    assert.equal(temp.git('rev-list', '--count', 'HEAD'), '50');
    assert.equal(temp.git('rev-list', '--merges', '--count', 'HEAD'), '0');
    assert.equal((statejson(temp, ['list']).data as unknown[]).length, 50);
    assert.equal(statejson(temp, ['validate']).code, 0);
    assert.equal(temp.git('fsck', '--strict', '--no-dangling'), '');
    assert.equal(temp.git('status', '--porcelain'), '');
  });
});

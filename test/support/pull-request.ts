import assert from 'node:assert/strict';
import { sampleFiles } from '../../src/core/sample/files.js';
import { stateroot } from './command-line.js';
import { address, codeHash } from './deployments.js';
import { template, type TempRepository } from './temp-repository.js';

const date = '2026-01-01T00:00:00Z';

/** A change of the scripted pull request, and the danger it is. */
export type Proposal = {
  readonly network: string;
  readonly contract: string;
  readonly field: string;
  readonly danger: string | null;
};

/** Worst first. */
export const proposals: readonly Proposal[] = [
  { network: 'optimismsepolia', contract: 'LayerZeroModule', field: 'proxy', danger: 'Proxy changed' },
  { network: 'sapphiretestnet', contract: 'CelerIMModule', field: 'proxy', danger: 'Removed' },
  { network: 'basesepolia', contract: 'SupplyOracle', field: 'implementation', danger: null },
  { network: 'bsctestnet', contract: 'SupplyOracle', field: 'implementation', danger: null },
];

/**
 * The sample state on `main`, and a pull request `release/0.9`: an upgrade on two of five networks, a proxy with a typo, a
 * removal, each a commit of the program. Every commit has one date, so that ids are the same everywhere.
 */
export const pullRequest = template(prepare, { env: { GIT_AUTHOR_DATE: date, GIT_COMMITTER_DATE: date } });

function prepare(temp: TempRepository): void {
  for (const [path, text] of sampleFiles()) temp.write(path, text);
  temp.commitAll('Sample state');
  temp.git('switch', '--quiet', '--create', 'release/0.9');
  const code = [`implementation=${address('SupplyOracle 2')}`, `implementationHash=${codeHash('SupplyOracle 2')}`];
  for (const network of ['basesepolia', 'bsctestnet']) write(temp, 'put', network, 'SupplyOracle', code);
  write(temp, 'put', 'optimismsepolia', 'LayerZeroModule', [`proxy=${address('typo')}`]);
  write(temp, 'delete', 'sapphiretestnet', 'CelerIMModule', []);
  temp.git('switch', '--quiet', 'main');
}

function write(temp: TempRepository, verb: string, network: string, name: string, set: readonly string[]): void {
  const answer = stateroot(temp, [verb, network, name, ...set.flatMap((one) => ['--set', one])]);
  assert.equal(answer.code, 0, answer.stderr);
}

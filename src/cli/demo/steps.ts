import { sampleEntries } from '../../core/sample/entries.js';
import { inventedAddress, inventedHash } from '../../core/sample/invented.js';
import { sampleNetworks } from '../../core/sample/networks.js';
import { editAddress, editedFile } from './hand-edit.js';
import { writeSampleStore } from './sample-store.js';
import type { Command, Step } from './step.js';

const before = inventedAddress('basesepolia', 'SupplyOracle', 'implementation');
const after = inventedAddress('basesepolia', 'SupplyOracle', 'implementation', 'second');
const codeHash = inventedHash('SupplyOracle', 'code', 'second');
const [records, networks] = [sampleEntries().length, sampleNetworks.length];

/** Before the first step: what a team does once. */
export const setUp: Step = {
  title: 'A new repository, set up once',
  commands: () => [
    git(['init', '--quiet', '--initial-branch=main']),
    stateroot(['init'], 'pre-commit'),
    git(['add', '.gitattributes']),
    git(['commit', '--quiet', '-m', 'Set up stateroot']),
  ],
};

/** The main job from end to end, in the order in which a team meets it. */
export const steps: readonly Step[] = [
  {
    title: `A LevelDB as deploy scripts leave it: ${records} records on ${networks} networks`,
    prepare: ({ folder }) => writeSampleStore(folder),
    commands: () => [stateroot(['import', 'leveldb', 'store/'], `Imported ${records} of ${records} records`)],
  },
  {
    title: 'The import waits on its own branch; a merge brings it to main',
    commands: async (repository) => [
      git(
        ['merge', await repository.git('branch', '--list', 'state/import-*', '--format=%(refname:short)')],
        'Fast-forward',
      ),
    ],
  },
  {
    title: 'A contract is upgraded: one command, one commit',
    commands: () => [
      stateroot(
        ['put', 'basesepolia', 'SupplyOracle', ...set({ implementation: after, implementationHash: codeHash })],
        'upgrade SupplyOracle',
      ),
    ],
  },
  {
    title: 'The review: what changed, by network, contract and field',
    commands: () => [stateroot(['diff', 'HEAD~1..HEAD'], 'upgrade  basesepolia / SupplyOracle', before, after)],
  },
  {
    title: 'Someone edits the address of FeeManager on bsctestnet by hand; the hook refuses the commit',
    prepare: editAddress,
    commands: () => [
      { ...git(['commit', '-am', 'quick fix'], 'checksum-mismatch', editedFile, 'Nothing was committed.'), exit: 1 },
    ],
  },
  {
    title: 'The edit is dropped, and the upgrade is taken back',
    commands: async (repository) => [
      git(['restore', '-SW', editedFile]),
      stateroot(['rollback', await repository.git('rev-parse', '--short=7', 'HEAD')], before, after),
    ],
  },
  {
    title: 'What happened to SupplyOracle: deployed, upgraded, taken back',
    commands: () => [stateroot(['log', 'basesepolia', 'SupplyOracle'], 'deploy', before, after)],
  },
];

function stateroot(args: readonly string[], ...shows: readonly string[]): Command {
  return { argv: ['stateroot', ...args], exit: 0, shows };
}

function git(args: readonly string[], ...shows: readonly string[]): Command {
  return { argv: ['git', ...args], exit: 0, shows };
}

function set(fields: Readonly<Record<string, string>>): string[] {
  return Object.entries(fields).flatMap(([field, value]) => ['--set', `${field}=${value}`]);
}

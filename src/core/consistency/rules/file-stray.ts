import { unifiedFolder } from '../../layout.js';
import type { ConsistencyRule } from '../rule.js';

export const fileStray: ConsistencyRule = {
  id: 'file/stray',
  severity: 'warning',
  title: 'A file among the network files is none',
  meaning:
    'Only <network>.unified.json is ever read. Backups and copies are found by people and by scripts that read *.json, and grow old; history is kept by git.',
  remedy: 'Remove it: `git rm <file>`. What it said can be read with `--at`.',
  fires: { strays: [`${unifiedFolder('')}/bsctestnet.unified.backup-1755000000000.json`] },
  silent: { networks: { bsctestnet: {} } },
  find: ({ strays, root }) =>
    strays.map((file) => ({
      place: { network: '', file, path: '' },
      message: `${file.slice(unifiedFolder(root).length + 1)} is no network file and is never read`,
    })),
};

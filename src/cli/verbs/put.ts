import { filesAround } from '../../commands/around-write.js';
import { put } from '../../commands/put.js';
import type { StateRepository } from '../../ports/state-repository.js';
import { flag, text, texts } from '../arguments.js';
import type { Verb } from '../command.js';
import { parseAssignment, parseChainId, readJsonObject } from '../json-input.js';
import { terminalSafe } from '../text/escape.js';
import { writtenOutcome } from '../text/written.js';
import { writeTarget } from '../write-target.js';

export const runPut: Verb = async (args, context) => {
  const network = text(args, 'network') ?? '';
  const name = text(args, 'name') ?? '';
  const from = text(args, 'from');
  const request = {
    network,
    name,
    input: from === undefined ? undefined : await readJsonObject(context, from),
    set: texts(args, 'set').map(parseAssignment),
    category: text(args, 'category'),
    chainId: parseChainId(text(args, 'chain-id')),
  };
  const dryRun = flag(args, 'dry-run');
  const repository = await context.openRepository();
  const result = await put(repository, request, { target: writeTarget(args), dryRun });
  const isRead = !flag(args, 'json') && !flag(args, 'quiet');
  // History costs a git process: only someone who looks waits for it.
  const since = result.changed || !context.interactive ? '' : await sinceText(repository, network, name);
  return writtenOutcome(result, {
    dryRun,
    unchanged: `${terminalSafe(network)} / ${terminalSafe(name)} already says this${since}`,
    after: isRead ? await filesAround(repository, result) : new Map(),
  });
};

async function sinceText(repository: StateRepository, network: string, name: string): Promise<string> {
  const { logRecords } = await import('../../commands/log.js');
  const { entries } = await logRecords(repository, { network, name, limit: 1 });
  const [last] = entries;
  return last === undefined ? '' : ` (since ${last.commit.slice(0, 7)})`;
}

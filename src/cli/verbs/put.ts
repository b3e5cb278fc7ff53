import { put } from '../../commands/put.js';
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
  const result = await put(await context.openRepository(), request, { target: writeTarget(args), dryRun });
  return writtenOutcome(result, {
    dryRun,
    unchanged: `${terminalSafe(network)} / ${terminalSafe(name)} already says this`,
  });
};

import { planWaiver } from '../../commands/waive.js';
import { StateManagerError } from '../../errors.js';
import type { StateRepository } from '../../ports/state-repository.js';
import { flag, text } from '../arguments.js';
import type { Arguments, Outcome } from '../command.js';
import { terminalSafe } from '../text/escape.js';
import { paint } from '../text/paint.js';
import { counted } from '../text/table.js';

/** `check --waive <rule> --until <day> --reason <text>`: writes the entry, commits nothing. */
export async function waiveRule(
  rule: string,
  args: Arguments,
  repository: StateRepository,
  now: number,
): Promise<Outcome> {
  const said = (name: string) => text(args, name);
  const [network, contract, path] = [said('network'), said('contract'), said('path')];
  const plan = await planWaiver(
    repository,
    {
      rule,
      until: needed(args, 'until'),
      reason: needed(args, 'reason'),
      ...(network === undefined ? {} : { network }),
      ...(contract === undefined ? {} : { contract }),
      ...(path === undefined ? {} : { path }),
    },
    now,
  );
  const dryRun = flag(args, 'dry-run');
  if (!dryRun) await repository.replaceInWorktree(new Map([[plan.file, plan.text]]));
  const { waiver, file, covered } = plan;
  return {
    data: { waiver, file, covered, changed: dryRun ? [] : [file] },
    text: () =>
      `waived  ${terminalSafe(waiver.rule)}, ${counted(covered, 'finding')} now, until ${waiver.until}: ${terminalSafe(waiver.reason)}`,
    notes: (style) => {
      const pen = paint(style);
      const nothing =
        covered > 0
          ? ''
          : `${pen.yellow(pen.mark.warning)} It covers nothing now: stateroot check names rules and networks.\n`;
      if (dryRun) return `${nothing}Dry run, nothing was written.`;
      return `${nothing}${pen.green(pen.mark.done)} Written, not staged. It counts against a base once it is there. Next: git add ${terminalSafe(file)}`;
    },
  };
}

function needed(args: Arguments, name: string): string {
  const value = text(args, name)?.trim() ?? '';
  if (value !== '') return value;
  throw new StateManagerError('BAD_USAGE', `--waive needs --${name}`, {
    hint: 'stateroot check --waive <rule> --until <day> --reason <text>',
  });
}

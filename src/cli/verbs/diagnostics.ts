import { resolve } from 'node:path';
import { StateManagerError } from '../../errors.js';
import { flag, text } from '../arguments.js';
import type { Arguments, Verb } from '../command.js';
import { collectDiagnostics } from '../diagnostics/collect-diagnostics.js';
import { diagnosticsMarkdown } from '../text/diagnostics.js';
import { terminalSafe } from '../text/escape.js';
import { jsonText } from '../text/escape-json.js';
import { paint } from '../text/paint.js';
import { refuseExisting, writeNewFile } from '../write-new-file.js';

export const runDiagnostics: Verb = async (args, context) => {
  const out = text(args, 'out');
  const isMarkdown = text(args, 'format') === 'md';
  refuseTwoForms(args, isMarkdown);
  const file = out === undefined ? null : resolve(context.cwd, out);
  if (file !== null) await refuseExisting(file);
  const document = await collectDiagnostics(context, Date.now());
  const written = isMarkdown ? diagnosticsMarkdown(document) : `${jsonText(document)}\n`;
  if (file !== null) await writeNewFile(file, written);
  return {
    data: document,
    text(style) {
      if (out === undefined) return written.trimEnd();
      const pen = paint(style);
      return `${pen.green(pen.mark.done)} ${terminalSafe(out)}: ${Buffer.byteLength(written)} bytes`;
    },
    notes: () => 'Secrets, URLs, e-mail addresses and user names are left out. Read it before you hand it on.',
    ...(out === undefined ? {} : { quiet: out }),
  };
};

/** Throws BAD_USAGE where --json would print another form than the one that is asked for. */
function refuseTwoForms(args: Arguments, isMarkdown: boolean): void {
  if (!isMarkdown || !flag(args, 'json') || text(args, 'out') !== undefined) return;
  throw new StateManagerError('BAD_USAGE', '--format md and --json are two forms of one answer.', {
    hint: 'stateroot diagnostics --format md, or --out report.md --json',
  });
}

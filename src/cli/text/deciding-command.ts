import { placeName, type SideChoice } from '../../commands/resolve/choose-sides.js';
import type { OpenFile } from '../../commands/resolve/open-file.js';
import { terminalSafe } from './escape.js';

/** The command that decides every open conflict, to be copied. */
export function decidingCommand(files: readonly OpenFile[]): string {
  const places = files.flatMap((file) =>
    file.groups.flatMap(({ conflicts }) => conflicts.slice(0, 1).map((conflict) => placeName(file, conflict))),
  );
  const [first = '<network>', ...others] = [...new Set(places)];
  const command = choicesText([first, ...others].map((place) => ({ side: 'ours', place })));
  return `stateroot resolve ${command}${others.length === 0 ? ' (or --theirs)' : ' (each of them --ours or --theirs)'}`;
}

/** `--ours a/B --theirs c`, as a shell takes it back. */
export function choicesText(choices: readonly SideChoice[]): string {
  return choices.map(({ side, place }) => `--${side} ${quoted(place)}`).join(' ');
}

function quoted(place: string): string {
  const safe = terminalSafe(place);
  return /^[\w@%+=:,./~-]+$/.test(safe) ? safe : `'${safe.replaceAll("'", `'\\''`)}'`;
}

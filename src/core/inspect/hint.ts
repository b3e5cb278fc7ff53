import { shellWord } from '../shell-word.js';
import { ruleOf } from './rules.js';

/** The command to run next, with the file in it. */
export function hintFor(rule: string, path: string): string {
  const file = shellWord(path);
  if (rule === 'json-conflict')
    return `stateroot resolve; where no merge is open any more: git restore --source=<good commit> ${file}`;
  if (rule === 'checksum-missing') return `stateroot seal ${file}`;
  const repairedBy = ruleOf(rule)?.repairedBy;
  if (repairedBy === 'fmt') return `stateroot fmt ${file}`;
  if (repairedBy === 'seal')
    return `meant it?  stateroot seal ${file}, git add, commit again\ndid not?   git restore -SW ${file}`;
  return `stateroot validate --explain ${rule}`;
}

/** The same for what is no plain file; `kind` is what belongs there. */
export function hintForMode(mode: string, path: string, kind: 'file' | 'folder'): string {
  const file = shellWord(path);
  if (mode === '100755') return `git update-index --chmod=-x ${file}`;
  return `git rm --cached ${file}, put a plain ${kind} in its place, git add ${file}`;
}

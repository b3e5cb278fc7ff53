import { shellWord } from '../shell-word.js';
import { ruleOf } from './rules.js';

/** The command to run next, with the file in it. */
export function hintFor(rule: string, path: string): string {
  const file = shellWord(path);
  if (rule === 'json-conflict')
    return `stateroot resolve; where no merge is open any more: git restore --source=<good commit> ${file}`;
  if (rule === 'checksum-missing') return `stateroot seal ${file}`;
  if (rule === 'file-mode') return `git update-index --chmod=-x ${file}`;
  const repairedBy = ruleOf(rule)?.repairedBy;
  if (repairedBy === 'fmt') return `stateroot fmt ${file}`;
  if (repairedBy === 'seal')
    return `meant it?  stateroot seal ${file}, git add, commit again\ndid not?   git restore -SW ${file}`;
  return `stateroot validate --explain ${rule}`;
}

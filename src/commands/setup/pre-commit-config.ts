import { insertBlock } from './block.js';
import { type GateHook, sharedScript } from './gate-hooks.js';
import { type AddHooks, indented } from './surgery.js';
import { childrenOf, opensKey, type YamlLine, yamlLines } from './yaml-lines.js';

const names: Readonly<Record<GateHook, string>> = {
  'pre-commit': 'deployment state of this commit',
  'pre-merge-commit': 'deployment state of this merge',
  'pre-push': 'deployment state of this push',
};

/** One local repository with an entry for each hook, first in the list under `repos:`. */
export const addToPreCommit: AddHooks = (text, hooks) => {
  const lines = yamlLines(text);
  const repos = lines?.filter((line) => line.indent === 0 && /^repos:/.test(line.text)) ?? [];
  const [key] = repos;
  const first = lines === null || key === undefined ? undefined : firstItem(lines, key);
  if (key === undefined || repos.length !== 1 || !opensKey(key, 'repos') || first === undefined) {
    const problem = 'its form is not plain enough to add to it safely';
    return { ok: false, problem, lines: `repos:\n${indented(entries(hooks), '  ')}` };
  }
  const indent = ' '.repeat(first.indent);
  return { ok: true, text: insertBlock(text, { at: key.end, indent, body: indented(entries(hooks), indent) }) };
};

/** A list may stand as deep as its key. */
function firstItem(lines: readonly YamlLine[], key: YamlLine): YamlLine | undefined {
  const next = childrenOf(lines, key)[0] ?? lines[lines.indexOf(key) + 1];
  return next !== undefined && /^- \S/.test(next.text) ? next : undefined;
}

function entries(hooks: readonly GateHook[]): string {
  return `- repo: local\n  hooks:\n${indented(hooks.map(entry).join(''), '    ')}`;
}

function entry(hook: GateHook): string {
  const id = hook === 'pre-commit' ? 'stateroot' : `stateroot-${hook}`;
  return [
    `- id: ${id}`,
    `  name: ${names[hook]}`,
    '  language: system',
    `  entry: ${hook === 'pre-push' ? pushEntry() : `sh ${sharedScript(hook)}`}`,
    '  always_run: true',
    '  pass_filenames: false',
    `  stages: [${hook}]`,
    '',
  ].join('\n');
}

/**
 * pre-commit has read git's lines itself and hands on the first pushed ref in variables, without its oid where all is
 * new: this gives the hook its line back.
 */
function pushEntry(): string {
  const local = '"$PRE_COMMIT_LOCAL_BRANCH"';
  const oid = `"\${PRE_COMMIT_TO_REF:-$(git rev-parse --verify --end-of-options ${local})}"`;
  const zero = '0'.repeat(40);
  const line = `printf "%s %s %s %s\\n" ${local} ${oid} "$PRE_COMMIT_REMOTE_BRANCH" "\${PRE_COMMIT_FROM_REF:-${zero}}"`;
  const hook = `sh ${sharedScript('pre-push')} "$PRE_COMMIT_REMOTE_NAME" "$PRE_COMMIT_REMOTE_URL"`;
  return `sh -c '${line} | ${hook}'`;
}

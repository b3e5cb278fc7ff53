/** The hooks of a clone that make the gate: what a commit, a merge and a push are about to record or send. */
export const gateHooks = ['pre-commit', 'pre-merge-commit', 'pre-push'] as const;

export type GateHook = (typeof gateHooks)[number];

/** What goes by unchecked where a hook does not run. */
export const unchecked: Readonly<Record<GateHook, string>> = {
  'pre-commit': 'Hand edits reach history unchecked.',
  'pre-merge-commit': 'Merges reach history unchecked.',
  'pre-push': 'What was committed without the hooks leaves this clone unchecked.',
};

/** Where hook managers find the texts of the hooks. They are committed, so that every clone judges alike. */
export const sharedFolder = '.stateroot';

export function sharedScript(name: GateHook): string {
  return `${sharedFolder}/hooks/${name}`;
}

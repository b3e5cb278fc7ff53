import { stripVTControlCharacters } from 'node:util';
import type { Shell } from './shell.js';
import type { Command, CommandResult, Repository, Step, StepResult } from './step.js';

/** Runs a step for real. It ends at the first command whose result is not what the step promises. */
export async function runStep(step: Step, shell: Shell): Promise<StepResult> {
  const repository: Repository = { folder: shell.repository, git: (...args) => answer(shell, args) };
  const results: CommandResult[] = [];
  let problem: string | null = null;
  await step.prepare?.(repository);
  for (const command of await step.commands(repository)) {
    const result = await shell.run(command.argv);
    results.push(result);
    problem = problemOf(command, result);
    if (problem !== null) break;
  }
  return { title: step.title, commands: results, problem };
}

function problemOf(command: Command, result: CommandResult): string | null {
  if (result.exit !== command.exit) return `exit code ${result.exit}, and ${command.exit} was expected`;
  const plain = stripVTControlCharacters(result.output);
  const missing = command.shows.filter((text) => !plain.includes(text));
  return missing.length === 0 ? null : `the output should contain ${missing.join(' and ')}`;
}

async function answer(shell: Shell, args: readonly string[]): Promise<string> {
  const { command, exit, output } = await shell.run(['git', ...args]);
  if (exit !== 0) throw new Error(`${command} failed with exit code ${exit}: ${output}`);
  return output.trimEnd();
}

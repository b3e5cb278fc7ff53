import process from 'node:process';
import { createInterface } from 'node:readline/promises';

/** Waits for a line on the terminal. False when the person wants to stop: `q`, Ctrl-C or the end of input. */
export async function goOn(prompt: string): Promise<boolean> {
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  const stopped = new AbortController();
  terminal.once('SIGINT', () => {
    stopped.abort();
  });
  terminal.once('close', () => {
    stopped.abort();
  });
  try {
    const typed = await terminal.question(prompt, { signal: stopped.signal });
    return !typed.trim().toLowerCase().startsWith('q');
  } catch (error) {
    if (stopped.signal.aborted) return false;
    throw error;
  } finally {
    terminal.close();
  }
}

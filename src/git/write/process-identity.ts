import { readFile, readlink } from 'node:fs/promises';
import { hostname } from 'node:os';
import process from 'node:process';

/**
 * Who holds a lock, exactly enough to prove later that it is gone: a pid alone is reused, so the start time, the boot
 * and the pid namespace belong to it. Null where the platform does not tell (not Linux).
 */
export type ProcessIdentity = {
  readonly pid: number;
  readonly host: string;
  readonly startTime: string | null;
  readonly bootId: string | null;
  readonly pidNamespace: string | null;
  readonly machineId: string | null;
};

export async function thisProcess(): Promise<ProcessIdentity> {
  const [startTime, here] = await Promise.all([startTimeOf(process.pid), thisMachine()]);
  return { pid: process.pid, startTime, ...here };
}

/** `unknown` when it may run where we cannot look: another host or pid namespace. */
export async function liveness(holder: ProcessIdentity): Promise<'alive' | 'dead' | 'unknown'> {
  const here = await thisMachine();
  const sameMachine = holder.machineId !== null && holder.machineId === here.machineId;
  const rebooted = holder.bootId !== null && here.bootId !== null && holder.bootId !== here.bootId;
  // A boot that is over ended its processes, whatever their namespace was.
  if (sameMachine && rebooted) return 'dead';
  if (rebooted || holder.host !== here.host || holder.pidNamespace !== here.pidNamespace) return 'unknown';
  if (holder.startTime !== null) return (await startTimeOf(holder.pid)) === holder.startTime ? 'alive' : 'dead';
  return signalReaches(holder.pid) ? 'alive' : 'dead';
}

async function thisMachine(): Promise<Omit<ProcessIdentity, 'pid' | 'startTime'>> {
  const [bootId, machineId, pidNamespace] = await Promise.all([
    firstLine('/proc/sys/kernel/random/boot_id'),
    firstLine('/etc/machine-id'),
    readlink('/proc/self/ns/pid').catch(() => null),
  ]);
  return { host: hostname(), bootId, machineId: machineId === '' ? null : machineId, pidNamespace };
}

/** Field 22 of /proc/<pid>/stat; the command name before it may hold spaces and brackets. A zombie runs no more. */
async function startTimeOf(pid: number): Promise<string | null> {
  const stat = await firstLine(`/proc/${pid}/stat`);
  const fields = stat?.slice(stat.lastIndexOf(')') + 2).split(' ');
  return fields === undefined || fields[0] === 'Z' ? null : (fields[19] ?? null);
}

async function firstLine(file: string): Promise<string | null> {
  try {
    return (await readFile(file, 'utf8')).split('\n')[0] ?? null;
  } catch {
    return null; // absent on this platform, or the process is gone: both mean "not told"
  }
}

function signalReaches(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: it exists and belongs to someone else.
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

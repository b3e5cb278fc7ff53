import { readdir, readFile, stat } from 'node:fs/promises';
import type { OwnFile } from './folder-listing.js';

/**
 * The process that has the LevelDB open, as far as that can be known without touching it; null when nobody, or when
 * the system does not tell.
 *
 * LevelDB takes an fcntl write lock on LOCK. Asking for the lock ourselves would change who owns it, and merely
 * opening and closing LOCK would drop the lock if this very process held it. Linux lists such locks in /proc/locks
 * by device and inode. Elsewhere there is nothing to read: there, a database in use shows itself only by changing
 * while it is copied.
 */
export async function lockHolder(lock: OwnFile): Promise<{ readonly pid: number } | null> {
  const table = await readFile('/proc/locks', 'latin1').catch(() => '');
  for (const line of table.split('\n')) {
    const held = /^\d+: (?:POSIX|OFDLCK)\s+\S+\s+WRITE\s+(-?\d+) ([0-9a-f]+):([0-9a-f]+):(\d+) /.exec(line);
    if (held === null || held[4] !== lock.inode.toString()) continue;
    const pid = Number(held[1]);
    const sameDevice = `${held[2] ?? ''}:${held[3] ?? ''}` === deviceName(lock.device);
    if (sameDevice || (await hasOpen(pid, lock))) return { pid };
  }
  return null;
}

/** As the kernel prints it: major and minor in hex, two digits at least (Linux's encoding of dev_t). */
function deviceName(device: bigint): string {
  const major = ((device >> 8n) & 0xfffn) | ((device >> 32n) & ~0xfffn);
  const minor = (device & 0xffn) | ((device >> 12n) & ~0xffn);
  return [major, minor].map((part) => part.toString(16).padStart(2, '0')).join(':');
}

/** On overlay and subvolume file systems the table's device is not the one `stat` reports; then the holder's open files tell. */
async function hasOpen(pid: number, lock: OwnFile): Promise<boolean> {
  const folder = `/proc/${pid}/fd`;
  for (const descriptor of await readdir(folder).catch(() => [])) {
    const file = await stat(`${folder}/${descriptor}`, { bigint: true }).catch(() => null);
    if (file?.ino === lock.inode && file.dev === lock.device) return true;
  }
  return false;
}

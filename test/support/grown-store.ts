import { Level } from 'level';

/**
 * A LevelDB with a history, made by `level` alone: `rounds` openings with overwrites and deletions of `keys` keys, compacted in
 * the middle, the last round still in the log.
 */
export async function growStore(
  path: string,
  { keys, rounds, compression }: { readonly keys: number; readonly rounds: number; readonly compression: boolean },
): Promise<string> {
  for (let round = 0; round < rounds; round += 1) {
    const database = new Level<string, string>(path, { compression });
    await database.open();
    const batch = database.batch();
    for (let i = round; i < keys; i += round + 1) {
      const key = `${i % 7 === 0 ? 97 : 56}-Contract${String(i).padStart(5, '0')}`;
      if ((i + round) % 5 === 0) batch.del(key);
      else batch.put(key, JSON.stringify({ key, round, filler: `${round}`.repeat(i % 90) }));
    }
    await batch.write();
    await database.put(`round ${round}`, 'done');
    if (round === 1) await compact(database);
    await database.close();
  }
  return path;
}

/** Only the class of the platform has it, and the types say nothing of it. */
export async function compact(database: Level): Promise<void> {
  await (database as unknown as { compactRange(from: string, to: string): Promise<void> }).compactRange('0', 'z');
}

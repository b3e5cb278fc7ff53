import type { LegacyStore } from '../ports/legacy-store.js';
import { examineLevelDb, readLevelDb } from './read-leveldb.js';
import { writeLevelDb } from './write-leveldb.js';

/** LevelDB as a legacy store: read by its bytes, written through `level`. */
export const levelStore: LegacyStore = { read: readLevelDb, examine: examineLevelDb, write: writeLevelDb };

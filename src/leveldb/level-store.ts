import type { LegacyStore } from '../ports/legacy-store.js';
import { readLevelDb } from './read-leveldb.js';
import { writeLevelDb } from './write-leveldb.js';

/** LevelDB as a legacy store, through `level`. */
export const levelStore: LegacyStore = { read: readLevelDb, write: writeLevelDb };

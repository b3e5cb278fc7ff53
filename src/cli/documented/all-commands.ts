import type { Answer, Topic } from './answer.js';
import { backends } from './backends.js';
import { chains } from './chains.js';
import { comparing } from './comparing.js';
import { goingBack } from './going-back.js';
import { judging } from './judging.js';
import { looking } from './looking.js';
import { measuring } from './measuring.js';
import { migrating } from './migrating.js';
import { scheduling } from './scheduling.js';
import { tuning } from './tuning.js';

/** Every command name of the design documents 002 to 004, by subject. */
export const topicsOfDocuments: readonly Topic[] = [
  migrating,
  goingBack,
  judging,
  comparing,
  measuring,
  tuning,
  looking,
  backends,
  chains,
  scheduling,
];

/** By name, in alphabetical order. */
export const documentedCommands: ReadonlyMap<string, Answer> = new Map(
  topicsOfDocuments.flatMap(({ answers }) => Object.entries(answers)).sort(([a], [b]) => (a < b ? -1 : 1)),
);

import type { ConsistencyRule } from '../rule.js';
import { placeIn } from '../state/checked-network.js';
import { firstBlockTime } from '../state/first-blocks.js';
import { recordTimes } from '../state/times.js';
import { A, plain } from './example-values.js';

export const timeBeforeChain: ConsistencyRule = {
  id: 'time/before-chain',
  severity: 'error',
  title: 'A deployment is older than its chain',
  meaning: 'The time lies before the first block of the chain, or before that of Ethereum where nothing else is known.',
  remedy: 'Write the time of the block, in milliseconds; a wrong chain id has the same symptom.',
  fires: {
    networks: { basesepolia: { contracts: plain({ Token: A }), extended_Token: { timestamp: 1_600_000_000_000 } } },
  },
  silent: {
    networks: { bscmainnet: { contracts: plain({ Token: A }), extended_Token: { timestamp: 1_600_000_000_000 } } },
  },
  find: ({ networks }) =>
    networks.flatMap((network) => {
      const first = firstBlockTime(network.chainId);
      return recordTimes(network)
        .filter(({ time }) => time < first)
        .map(({ path, time, contract }) => ({
          place: placeIn(network, path),
          ...(contract === undefined ? {} : { contract }),
          message: `${new Date(time).toISOString()} is before ${dayOf(first)}, when chain ${network.chainId} ${first === firstBlockTime(1) ? 'cannot have existed' : 'began'}`,
        }));
    }),
};

function dayOf(time: number): string {
  return new Date(time).toISOString().slice(0, 10);
}

import type { ConsistencyRule } from '../rule.js';
import { placeIn } from '../state/checked-network.js';
import { recordTimes, sectionTimes } from '../state/times.js';
import { A, plain } from './example-values.js';

const day = 86_400_000;

export const timeFuture: ConsistencyRule = {
  id: 'time/future',
  severity: 'error',
  title: 'A time is in the future',
  meaning: 'By more than a day, which no clock is wrong by: a unit was mistaken, or the value was made up.',
  remedy: 'Write the time of the block, in milliseconds.',
  fires: {
    networks: { bsctestnet: { contracts: plain({ Token: A }), extended_Token: { timestamp: 1_900_000_000_000 } } },
    now: '2026-01-01T00:00:00Z',
  },
  silent: {
    networks: { bsctestnet: { contracts: plain({ Token: A }), extended_Token: { timestamp: 1_755_000_000_000 } } },
    now: '2026-01-01T00:00:00Z',
  },
  find: ({ networks, now }) =>
    now === null
      ? []
      : networks.flatMap((network) =>
          [...recordTimes(network), ...sectionTimes(network)]
            .filter(({ time }) => time > now + day)
            .map(({ path, time, contract }) => ({
              place: placeIn(network, path),
              ...(contract === undefined ? {} : { contract }),
              message: `${new Date(time).toISOString()} is in the future`,
            })),
        ),
};

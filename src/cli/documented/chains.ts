import type { Topic } from './answer.js';

const recorded = 'what is recorded is judged; the chain is not asked';

/** Protocols and chains: what is recorded can be judged, and no chain is asked. */
export const chains: Topic = {
  title: 'Chains and protocols',
  answers: {
    'verify:bsc-multi-protocol': { runs: ['check'], note: recorded },
    'validate:bsc-protocols': { runs: ['check'], note: recorded },
    'check:bsc-infrastructure': { runs: ['list --network {network=bscmainnet} --where category=infrastructure'] },
    'verify:layerzero-endpoints': { runs: ['check'], note: recorded },
    'check:dvn-configs': { runs: ['check'], note: recorded },
    'verify:celer-configs': { runs: ['check'], note: recorded },
    'validate:celer-fees': {
      not: 'What a bridge charges is set on the chain, and stateroot asks no chain.',
      instead:
        'read the fee from the MessageBus with your scripts; what `configuration` records of it is in the network file',
    },
    'check:messagebus-connectivity': {
      not: 'Whether a MessageBus answers is seen on the chain, and stateroot asks no chain.',
      instead: 'call it with your scripts; stateroot find <address> says where it is recorded',
    },
    'test:layerzero-connectivity': {
      not: 'Whether two endpoints reach each other is seen on the chain, and stateroot asks no chain.',
      instead: 'send a test message with your scripts; stateroot check says which peers are recorded at one end only',
    },
    'verify:against-blockchain-state': {
      not: 'Recorded addresses are not compared with the chain: stateroot talks to none.',
      instead:
        'eth_getCode and the implementation slot of each proxy, by your scripts; stateroot list --json has the addresses',
    },
    'test:network-connectivity': {
      not: 'The only network that stateroot uses is that of a git remote; it asks no RPC endpoint.',
      instead: 'git ls-remote for the remote, and eth_chainId for an RPC endpoint',
    },
    'debug:network-connectivity': {
      not: 'The only network that stateroot uses is that of a git remote; it asks no RPC endpoint.',
      instead: 'git ls-remote for the remote, and eth_chainId for an RPC endpoint',
    },
    'debug:network-latency': {
      not: 'No RPC endpoint is asked, so there is no latency of one to measure here.',
      instead: 'measure eth_blockNumber where your scripts run; bench full measures the state',
    },
    'debug:network-patterns': {
      not: 'No RPC endpoint is asked, so there is no traffic to analyse.',
      instead: 'look at the log of your RPC provider; stateroot log has every write of the state',
    },
  },
};

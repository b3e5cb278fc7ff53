import type { Topic } from './answer.js';

/** What is to happen again and again, and who is told. */
export const scheduling: Topic = {
  title: 'Maintenance and alerts',
  answers: {
    'maintenance:weekly': { runs: ['validate', 'check', 'doctor'] },
    'maintenance:monthly': { runs: ['validate', 'check', 'doctor', 'backup create'] },
    'maintenance:quarterly': { runs: ['validate', 'check', 'doctor', 'backup create', 'bench full'] },
    'setup:integrity-alerts': {
      runs: ['init'],
      note: 'the hooks refuse at once, and the workflow state-check reports on every pull request and push',
    },
    'setup:continuous-monitoring': {
      not: 'No process of stateroot stays running to watch.',
      instead:
        'a scheduled job that runs `npx stateroot validate && npx stateroot check && npx stateroot health`; each exits 1 when something is wrong',
    },
    'setup:monitoring-alerts': {
      not: 'Whom to tell, and how, is known to your scheduler.',
      instead: 'a scheduled job that runs `npx stateroot health --json` and alerts on its exit code',
    },
    'configure:performance-alerts': {
      not: 'The thresholds of the documents are built in; whom to tell is known to your scheduler.',
      instead:
        'a scheduled job that runs `npx stateroot health --only performance`; in a script judgeMetrics(metrics) says which threshold is passed',
    },
  },
};

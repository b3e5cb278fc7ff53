import process from 'node:process';
import fc from 'fast-check';

// Loaded before every test file: a run judges the same inputs as the one before it. `npm run properties` draws others.
fc.configureGlobal({ seed: Number(process.env['STATEROOT_SEED'] ?? 20_261_121) });

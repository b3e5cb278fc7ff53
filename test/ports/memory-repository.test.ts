import { memoryRepository } from '../support/memory-repository.js';
import { stateRepositorySuite } from './state-repository-suite.js';

stateRepositorySuite('memory', (_t, files, root) => Promise.resolve(memoryRepository(files, root)));

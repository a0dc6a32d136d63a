import { workers } from '../test-runs/run-tests.ts'
import { keptWorkers } from './kept-workers.ts'

// Runs before each file of the slow tests. A file that is about workers goes without: `delete workers.pool`.

workers.pool = keptWorkers

import { Random, Table } from '@churn/core';
import { setThreads } from '../threads/max-threads.js';
import { ExtraTreesClassifier } from './extra-trees.js';
import { RandomForestClassifier } from './random-forest.js';

// With fewer rows in all trees, one thread is used.
const N_ROWS = 8000;
const N_TREES = 40;
const random = new Random('forest in threads');
const y = Array.from({ length: N_ROWS }, () => random.int(3));
const column = () => Float64Array.from(y, (code) => (random.uniform() < 0.1 ? NaN : code + random.normal()));
const x = Table.fromColumns({ a: column(), b: column(), c: column() });

describe.each([RandomForestClassifier, ExtraTreesClassifier])('%p in threads', (Classifier) => {
  afterEach(() => setThreads(null));

  const options = { nEstimators: N_TREES, maxDepth: 4, oobScore: Classifier === RandomForestClassifier };

  it('is the same for 1, 2 and 3 of them', () => {
    const states = [1, 2, 3].map((nJobs) => new Classifier({ ...options, nJobs }).fit(x, y).state);
    setThreads(2);
    states.push(new Classifier(options).fit(x, y).state);
    expect(new Set(states.map((state) => JSON.stringify(state))).size).toBe(1);
  });
});

import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ours, output, peerOutput, python } from './measure.js';
import { medianTable, spreadTable } from './tables.js';

/** The number of runs of each benchmark. */
export const RUNS = Number(process.env.BENCH_RUNS ?? 5);

export interface Benchmark {
  readonly title: string;
  /** A description of what is measured. */
  readonly about: string;
  /** Whether it generates its rows instead of reading the data file. */
  readonly ownRows?: boolean;
  /** Measures, and returns Markdown. */
  readonly run: () => string;
}

/** The runs that the figures are from. */
const OF_RUNS = RUNS > 1 ? `Medians of ${RUNS} runs` : 'One run';

/** Runs ours and the peer alternately, so that other load affects both. */
function beside(names: readonly [string, string], script: string, peer: string): () => string {
  return () => {
    const pairs = Array.from({ length: RUNS }, () => ({ ours: ours(script), peer: python(peer) }));
    return `${OF_RUNS}, ours directly before the peer's.\n\n${medianTable(names, pairs)}`;
  };
}

/** The benchmarks, by their name on the command line. */
export const BENCHMARKS: Readonly<Record<string, Benchmark>> = {
  processing: {
    title: 'Churn processing',
    about:
      'Mean and mode imputation, Yeo-Johnson if the skewness exceeds 0.75, out-of-fold churn ratios for categories, scaling: fitted on and applied to the file repeated a hundred times, and one raw row at a time. One thread.',
    run: beside(['@churn/transforms', 'scikit-learn'], './processing.js', 'processing.py'),
  },
  models: {
    title: 'Models',
    about:
      'Fitted on 70 % of the file and evaluated on the rest. One thread. Boosting is compared with the faster of scikit-learn and LightGBM, and with the better AUC of the two.',
    run: beside(['@churn/models', 'peers'], './models.js', 'models.py'),
  },
  regression: {
    title: 'Regression and survival',
    about:
      'Fitted to 100,000 generated rows of 20 columns. One thread. Compared with the faster of scikit-learn and LightGBM, and with lifelines for survival.',
    ownRows: true,
    run: () => {
      const file = join(tmpdir(), 'churn-regression-rows.csv');
      output('./regression-rows.js', file);
      const pairs = Array.from({ length: RUNS }, () => ({
        ours: ours('./regression.js', file),
        peer: JSON.parse(peerOutput('regression.py', file)),
      }));
      return `${OF_RUNS}, ours directly before the peer's.\n\n${medianTable(['@churn/models, @churn/survival', 'peers'], pairs)}`;
    },
  },
  seeds: {
    title: 'Forests over seeds',
    about: 'The test ROC AUC of forests of 200 trees: mean and standard deviation over the seeds 0 to 29.',
    run: () =>
      spreadTable(['@churn/models', 'scikit-learn'], { ours: ours('./seeds.js'), peer: python('seeds.py') }),
  },
  javascript: {
    title: 'Models beside JavaScript libraries',
    about:
      'The same rows, in one process. Only the training of a library is timed, without conversion of its input and output. One thread.',
    run: () => {
      const runs = Array.from({ length: RUNS }, () =>
        ours<Record<'ours' | 'peer', Record<string, number>>>('./javascript.js'),
      );
      return `${OF_RUNS}.\n\n${medianTable(['@churn/models', 'library'], runs)}`;
    },
  },
  small: {
    title: 'Small tables in many libraries',
    about:
      'Two thousand generated rows of ten numbers, as many to score. Each library with its defaults, except for parameters in the name of a model; ydf-training, which takes no parameters, grows 300 trees. The AUC of ml.js is of predicted classes, as its models here give no probabilities. One thread.',
    ownRows: true,
    run: () => `${OF_RUNS}.\n\n${output('./small.js', String(RUNS)).trim()}`,
  },
  grid: {
    title: 'Grid search',
    about:
      'The whole grid of the boilerplate: 72 candidates of three models, five folds, all processing inside the folds. Two workers, from the start of the process.',
    run: beside(['@churn/selection', 'scikit-learn'], './grid.js', 'grid.py'),
  },
  distributed: {
    title: 'Searches over workers',
    about:
      'A grid of forests and logistic regressions with five folds, by two worker processes through Redis and by two threads. Then a simulation, with the measured times of tasks, of the efficiency of more workers.',
    run: () => `${OF_RUNS}.\n\n${output('./workers.js', String(RUNS)).trim()}`,
  },
  profile: {
    title: 'Profile',
    about:
      'All figures of `profile`, and the same by pandas, scipy and scikit-learn: the file repeated a hundred times, 22 columns. One thread.',
    run: beside(['@churn/eda', 'pandas'], './profile.js', 'profile.py'),
  },
  drift: {
    title: 'Drift',
    about:
      'Pairs of samples from one distribution, of 100 to 100,000 rows each: 14 numeric and five category columns with ties, tails, gaps and rare levels, and a score. Then each of the numeric columns in turn is shifted by half a standard deviation (for heavy tails, of three times the interquartile range if that is less).',
    ownRows: true,
    run: () => output('./drift.js').trim(),
  },
  predict: {
    title: 'Scoring files',
    about:
      '`churn predict`, and a script with a pickled scikit-learn pipeline that reads and writes 20,000 rows at a time: whole processes, a forest of 500 trees, 100 rows and the file repeated a hundred times.',
    run: beside(['churn predict', 'scikit-learn'], './predict.js', 'predict.py'),
  },
  serve: {
    title: 'Service',
    about:
      '`churn serve` with a forest of 500 trees, server and clients on the same two cores; then a soak of 200,000 requests, a third of them bad.',
    run: () => {
      const found = output('./serve.js', process.env.BENCH_SOAK ?? '200000', String(RUNS));
      return `${OF_RUNS} of eight seconds per load.\n\n${found.trim().replace(/^/gm, '- ')}`;
    },
  },
  'ten-million': {
    title: 'Beyond the memory',
    about:
      'Boosting is fitted to ten million generated rows by `fitBatches`, which keeps one byte per value. One thread per core.',
    ownRows: true,
    run: () => output('./ten-million.js').trim().replace(/^/gm, '- '),
  },
  quality: {
    title: 'Quality',
    about:
      'Models with their defaults on public and generated data sets, each split three times at random with 70 % training rows. Presets of the application have a minute, as has AutoGluon if it is included. Ranks are means over sets and splits, with 95 % intervals from resampled sets.',
    ownRows: true,
    run: () => output('./quality.js').trim(),
  },
  amounts: {
    title: 'Quality of amounts',
    about:
      'Regression models with their defaults on public and generated data sets, each split three times at random with 70 % training rows. Errors are relative to the standard deviation of the test target. Ranks are means over sets and splits, with 95 % intervals from resampled sets.',
    ownRows: true,
    run: () => output('./amounts.js').trim(),
  },
  scale: {
    title: 'Scale',
    about:
      'Generated rows of 28 numbers, 80 % of them training rows; CSV of generated customers, 22 columns. Compared with the fastest peer with the same number of threads, after a warm-up; boosters and forests are also scored by treelite and ONNX Runtime. From 100,000 rows, only the first peer and the fastest so far are included, and a million rows are fitted once. Forests of more than five million nodes are not converted for other libraries.',
    ownRows: true,
    run: () =>
      `${OF_RUNS}.\n\n${output('./scale.js', fileURLToPath(new URL('../../docs/images/scale.png', import.meta.url))).trim()}`,
  },
};

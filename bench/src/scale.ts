/**
 * How time grows with the number of rows: ours compared with the fastest peer, with one thread and with two. Prints Markdown, and draws the
 * curves to the file named by the argument.
 *
 * Results and rows are cached in the folder named by BENCH_SCALE, so that an interrupted run resumes.
 */
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { keptFigures } from './kept-figures.js';
import { median, output, peerOutput, rOutput } from './measure.js';
import { drawGrowth, type GrowthPoint } from './scale-chart.js';
import type { ScaleFigures } from './scale-figures.js';
import { csvFile, rowsFile } from './scale-rows.js';
import { SCALE_TASKS, type ScaleTask } from './scale-tasks.js';
import { markdown, shown } from './tables.js';

const OURS = 'churn';
const SIZES = [10_000, 100_000, 1_000_000];
/** From this size, there is a single run. */
const MANY_ROWS = 1_000_000;
const RUNS = Number(process.env.BENCH_RUNS ?? 3);
const THREADS = [1, 2];

const folder = process.env.BENCH_SCALE ?? join(tmpdir(), 'churn-scale');
const kept = keptFigures<ScaleFigures>(folder);

function figuresOf(who: string, task: ScaleTask, rows: number, threads: number, run: number): ScaleFigures {
  return kept(`${who}, ${task.name}, ${rows} rows, ${threads} threads, run ${run}`, () => {
    const file = task.name === 'CSV' ? csvFile(folder, rows) : rowsFile(folder, rows);
    const args = [task.name, file, String(threads)];
    if (who === OURS) return JSON.parse(output('./scale-ours.js', ...args));
    return JSON.parse(who === 'glmnet' ? rOutput('glmnet.R', ...args) : peerOutput('scale.py', who, ...args));
  });
}

/** The seconds measured at a size, by implementation. */
class Seconds {
  readonly #all = new Map<string, number[]>();

  add(who: string, seconds: number): void {
    this.#all.set(who, [...(this.#all.get(who) ?? []), seconds]);
  }

  /** Medians, fastest first. */
  get sorted(): [who: string, seconds: number][] {
    return [...this.#all]
      .map(([who, seconds]): [string, number] => [who, median(seconds)])
      .sort(([, a], [, b]) => a - b);
  }

  get ours(): number {
    return this.sorted.find(([who]) => who === OURS)?.[1] ?? Number.NaN;
  }

  get fastestPeer(): [who: string, seconds: number] {
    return this.sorted.filter(([who]) => who !== OURS)[0];
  }
}

const points: GrowthPoint[] = [];
const lines = SCALE_TASKS.flatMap((task) => THREADS.flatMap((threads) => linesOf(task, threads)));
await drawGrowth(process.argv[2], points);
const head = ['', 'rows', 'threads', 'churn, s', 'fastest peer, s', 'peer / churn', 'others, s', 'test AUC'];
process.stdout.write(`${markdown(head, lines)}\n`);

function linesOf(task: ScaleTask, threads: number): string[][] {
  let { peers } = task;
  return SIZES.filter((rows) => rows <= (task.maxRows ?? rows)).flatMap((rows) => {
    const [fit, scoring] = [new Seconds(), new Seconds()];
    const aucs = new Map<string, number>();
    for (let run = 0; run < (rows < MANY_ROWS ? RUNS : 1); run++) {
      for (const who of [OURS, ...peers]) {
        const figures = figuresOf(who, task, rows, threads, run);
        fit.add(who, figures.fit);
        for (const [scorer, seconds] of Object.entries(figures.scoring)) scoring.add(scorer, seconds);
        if (figures.auc !== undefined) aucs.set(who, figures.auc);
      }
    }
    peers = [...new Set([task.peers[0], fit.fastestPeer[0]])];
    return [
      line(task.fit, rows, threads, fit, aucs),
      ...(task.scoring ? [line(task.scoring, rows, threads, scoring)] : []),
    ];
  });
}

function line(
  what: string,
  rows: number,
  threads: number,
  seconds: Seconds,
  aucs?: ReadonlyMap<string, number>,
): string[] {
  const { ours, fastestPeer, sorted } = seconds;
  const [peer, fastest] = fastestPeer;
  points.push({ what, rows, threads, ours, fastest });
  const others = sorted.filter(([who]) => who !== OURS && who !== peer);
  const [here, there] = [aucs?.get(OURS), aucs?.get(peer)];
  return [
    what,
    rows.toLocaleString('en'),
    String(threads),
    shown(ours),
    `${shown(fastest)} ${peer}`,
    shown(fastest / ours, 2),
    others.map(([who, each]) => `${who} ${shown(each)}`).join(', '),
    here === undefined || there === undefined ? '' : `${here.toFixed(4)}, ${there.toFixed(4)}`,
  ];
}

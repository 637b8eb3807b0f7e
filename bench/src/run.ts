/**
 * Runs the benchmarks named by the arguments, or all, and writes their sections of RESULTS.md, keeping those of others; then updates the
 * README's table. PYTHON names an interpreter with scikit-learn, pandas and LightGBM; by default `python3`.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { BENCHMARKS } from './benchmarks.js';
import { dataFile } from './data.js';
import { withHighlights } from './highlights.js';
import { circumstances } from './measure.js';

const RESULTS = new URL('../RESULTS.md', import.meta.url);
const README = new URL('../../README.md', import.meta.url);
const HEAD = `# Results of the benchmarks

Written by \`pnpm bench\`; see the README for what it needs. Quote ratios: seconds differ between machines, and between hours on one.
`;

const wanted = process.argv.slice(2);
const unknown = wanted.find((name) => !Object.hasOwn(BENCHMARKS, name));
if (unknown !== undefined) {
  process.stderr.write(`"${unknown}": expected one of ${Object.keys(BENCHMARKS).join(', ')}\n`);
  process.exit(1);
}
const isSynthetic = !process.env.CHURN_REAL_DATA;
const rows = readFileSync(dataFile, 'utf8').trimEnd().split('\n').length - 1;
const data = `${isSynthetic ? 'The synthetic file' : 'The real file'}, ${rows.toLocaleString('en')} rows`;
for (const [name, { title, about, ownRows, run }] of Object.entries(BENCHMARKS)) {
  if (wanted.length > 0 && !wanted.includes(name)) continue;
  const date = new Date().toISOString().slice(0, 10);
  const section = `## ${title}\n\n${about}\n\n${ownRows ? '' : `${data}; `}${date}; ${circumstances()}\n\n${outputOf(run)}\n`;
  process.stdout.write(`${section}\n`);
  writeSection(title, section);
}
if (!isSynthetic)
  writeFileSync(README, withHighlights(readFileSync(README, 'utf8'), readFileSync(RESULTS, 'utf8')));

/** The output of a benchmark. If one of its programs fails, that has said why. */
function outputOf(run: () => string): string {
  try {
    return run();
  } catch (error) {
    if (typeof (error as { status?: unknown }).status === 'number') process.exit(1);
    throw error;
  }
}

/** Replaces the section with the same title, in the order of the benchmarks. */
function writeSection(title: string, section: string): void {
  const text = existsSync(RESULTS) ? readFileSync(RESULTS, 'utf8') : HEAD;
  const sections = new Map(
    text
      .split(/^(?=## )/m)
      .slice(1)
      .map((part): [string, string] => [part.slice(3, part.indexOf('\n')), `${part.trimEnd()}\n`]),
  );
  sections.set(title, section);
  const titles = Object.values(BENCHMARKS).map((benchmark) => benchmark.title);
  const kept = titles.flatMap((each) => sections.get(each) ?? []);
  writeFileSync(RESULTS, [HEAD, ...kept].join('\n'));
}

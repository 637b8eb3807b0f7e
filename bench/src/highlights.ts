import { markdown } from './tables.js';

/** The figures of RESULTS.md shown in the README, by section and name, with their label there. */
const HIGHLIGHTS: readonly (readonly [section: string, figure: string, name: string])[] = [
  ['Grid search', 'grid search, seconds', "the original study's grid: 72 candidates, five folds"],
  ['Churn processing', 'fit and transform, seconds', 'processing fitted on a million rows'],
  ['Models', 'forest, 500 trees, entropy: fit, seconds', 'random forest of 500 trees'],
  ['Models', 'boosting, 300 rounds: fit, seconds', 'gradient boosting, 300 rounds, beside LightGBM'],
  ['Models', 'SVC, rbf, C = 10: fit, seconds', 'support vector machine, Gaussian kernel'],
  [
    'Models',
    'logistic regression, l1, C = 10, 209 columns: fit, seconds',
    'logistic regression, l1, 209 columns',
  ],
  ['Scoring files', '1,012,700 rows, seconds', 'a million rows scored from CSV to CSV'],
  ['Profile', 'profile, seconds', 'profile of a million rows, beside pandas'],
];
/** The size shown in the README, of several measured. */
const SHOWN_ROWS = '100,000';
const SCALE =
  /(?<=<!-- from bench\/RESULTS\.md, by `pnpm bench scale` -->\n\n)[\s\S]*?(?=\n\n<!-- to here -->)/;
const SPEED = /(?<=<!-- from bench\/RESULTS\.md, by `pnpm bench` -->\n\n)[\s\S]*?(?=\n\n<!-- to here -->)/;
const QUALITY =
  /(?<=<!-- ranks of bench\/RESULTS\.md, by `pnpm bench quality` -->\n\n)[\s\S]*?(?=\n\n<!-- to here -->)/;

/** The README with the figures and ranks of `results`. */
export function withHighlights(readme: string, results: string): string {
  const lines = HIGHLIGHTS.flatMap(([section, figure, name]) => {
    const line = sectionOf(section, results)
      .split('\n')
      .find((each) => each.startsWith(`| ${figure} `));
    if (!line) return [];
    const [, , ours, peer, ratio] = line.split('|').map((cell) => cell.trim());
    return [[name, `${ours} s`, `${peer} s`, ratio]];
  });
  const table = markdown(['', 'here', 'scikit-learn', 'ratio'], lines);
  const ranks = /^\| model .*\n(?:\|.*\n)+/m.exec(sectionOf('Quality', results))?.[0].trimEnd();
  const withSpeed = readme.replace(SPEED, () => table).replace(SCALE, (old) => scaleTable(results) ?? old);
  return ranks === undefined ? withSpeed : withSpeed.replace(QUALITY, () => ranks);
}

/** The times of one and two threads at the shown size. */
function scaleTable(results: string): string | undefined {
  const cells = sectionOf('Scale', results)
    .split('\n')
    .filter((line) => line.startsWith('| ') && line.includes(` ${SHOWN_ROWS} `))
    .map((line) => line.split('|').map((cell) => cell.trim()));
  if (cells.length === 0) return undefined;
  const times = cells.map(([, what, , threads, ours, fastest, ratio]) => {
    const [seconds, ...peer] = fastest.split(' ');
    return [what, threads, `${ours} s`, `${seconds} s`, peer.join(' '), ratio];
  });
  return markdown(['', 'threads', 'here', 'fastest peer', '', 'ratio'], times);
}

function sectionOf(title: string, results: string): string {
  const start = results.indexOf(`## ${title}\n`);
  return start < 0 ? '' : results.slice(start).split(/\n(?=## )/)[0];
}

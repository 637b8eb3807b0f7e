import { type Figures, median } from './measure.js';

/** One run of a benchmark, directly followed by its peer. */
export interface Pair {
  readonly ours: Figures;
  readonly peer: Figures;
}

/** A table of the medians of pairs of runs, and of their ratios. */
export function medianTable([our, peer]: readonly [string, string], pairs: readonly Pair[]): string {
  const lines = Object.keys(pairs[0].ours)
    .filter((figure) => figure in pairs[0].peer && !/[rR]ows$/.test(figure))
    .map((figure) => [
      figure,
      shown(median(pairs.map((pair) => pair.ours[figure]))),
      shown(median(pairs.map((pair) => pair.peer[figure]))),
      shown(median(pairs.map((pair) => pair.peer[figure] / pair.ours[figure])), 2),
    ]);
  return markdown(['figure', our, peer, `${peer} / ours`], lines);
}

/** A table of the mean and standard deviation of figures over several seeds. */
export function spreadTable(
  [our, peer]: readonly [string, string],
  figures: Record<'ours' | 'peer', Record<string, number[]>>,
): string {
  const lines = Object.keys(figures.ours).map((setting) => {
    const [here, there] = [spreadOf(figures.ours[setting]), spreadOf(figures.peer[setting])];
    const away = (here.mean - there.mean) / there.deviation;
    return [setting, spreadText(here), spreadText(there), away.toFixed(1)];
  });
  return markdown(['setting', our, peer, `ours above, in deviations of ${peer}`], lines);
}

/** A Markdown table, with padded columns. */
export function markdown(head: readonly string[], lines: readonly (readonly string[])[]): string {
  const widths = head.map((_, j) => Math.max(3, ...[head, ...lines].map((line) => line[j].length)));
  const row = (cells: readonly string[]) =>
    `| ${cells.map((cell, j) => cell.padEnd(widths[j])).join(' | ')} |`;
  return [row(head), row(widths.map((width) => '-'.repeat(width))), ...lines.map(row)].join('\n');
}

/** A number with its significant digits, without an exponent. */
export function shown(value: number, digits = 3): string {
  const rounded = Number(value.toPrecision(digits));
  return Math.abs(rounded) >= 10 ** (digits - 1) ? rounded.toLocaleString('en') : value.toPrecision(digits);
}

interface Spread {
  readonly mean: number;
  readonly deviation: number;
}

function spreadOf(values: readonly number[]): Spread {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return { mean, deviation: Math.sqrt(squares / values.length) };
}

function spreadText({ mean, deviation }: Spread): string {
  return `${mean.toFixed(4)} ± ${deviation.toFixed(4)}`;
}

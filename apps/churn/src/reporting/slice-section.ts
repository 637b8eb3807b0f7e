import { fourDigits, type ReportBlock, type ReportSection } from '@churn/eda';
import type { ErrorSlice, ErrorSlices, SliceLoss } from '@churn/selection';
import type { Picture } from '../figures/draw-figures.js';
import { charts } from './html-report.js';
import { type Markdown, markdown, table } from './markdown.js';
import { sameDecimals } from './same-decimals.js';

/** The presentation of the loss of rows. */
interface LossWords {
  readonly title: string;
  readonly meaning: string;
  readonly text: (value: number) => string;
  /** A formatter for all numbers of a table. */
  readonly textOf: (values: readonly number[]) => (value: number) => string;
}

export const CLASS_LOSS: LossWords = {
  title: 'log loss',
  meaning:
    'The log loss is 0 for certain and correct predictions, and 0.69 if two classes have the same probability.',
  text: (value) => value.toFixed(4),
  textOf: () => (value) => value.toFixed(4),
};

export const VALUE_LOSS: LossWords = {
  title: 'mean absolute error',
  meaning: 'The mean absolute error is in the unit of the target.',
  text: fourDigits,
  textOf: sameDecimals,
};

interface Sliced {
  readonly best: string;
  readonly slices: ErrorSlices;
}

const TITLE = 'Error slices: where the model performs worst';

/** The slices with a significantly higher loss than all rows. */
export function worseSlices({ overall, slices }: ErrorSlices): ErrorSlice[] {
  return slices.filter(({ interval }) => interval[0] > overall.meanLoss);
}

/** The page section on error slices. */
export function sliceSection(
  { best, slices }: Sliced,
  pictures: readonly Picture[],
  loss: LossWords,
): ReportSection {
  const blocks: ReportBlock[] = [{ kind: 'text', text: sliceText(best, slices, loss) }];
  const worse = worseSlices(slices);
  if (worse.length > 0) {
    blocks.push(...charts(pictures, 'slices'), { kind: 'table', ...sliceTable(slices.overall, worse, loss) });
  }
  return { title: TITLE, blocks };
}

/** The section as Markdown. */
export function sliceMarkdown({ best, slices }: Sliced, loss: LossWords): Markdown[] {
  const worse = worseSlices(slices);
  const { head, rows } = sliceTable(slices.overall, worse, loss);
  return [
    markdown`## ${TITLE}`,
    markdown`${sliceText(best, slices, loss)}`,
    ...(worse.length > 0 ? [table(head, rows)] : []),
  ];
}

function sliceText(best: string, slices: ErrorSlices, { title, meaning, text }: LossWords): string {
  const [worst] = worseSlices(slices);
  const how = `A small decision tree finds such groups in one half of the test rows; the metrics and numbers of rows are from the other half. ${meaning}`;
  if (!worst) return `No group of test rows has a significantly higher ${title} with ${best}. ${how}`;
  const [all, its] = [slices.overall, worst].map(({ meanLoss }) => text(meanLoss));
  return `${best} performs worst where ${worst.text}: the ${title} of ${worst.rows.toLocaleString('en')} such rows is ${its}, compared with ${all} for all ${slices.overall.rows.toLocaleString('en')} rows. ${how}`;
}

function sliceTable(overall: SliceLoss, worse: readonly ErrorSlice[], { title, textOf }: LossWords) {
  const text = textOf([overall, ...worse].flatMap(({ meanLoss, interval }) => [meanLoss, ...interval]));
  const line = (name: string, { rows, meanLoss, interval }: SliceLoss) => [
    name,
    rows.toLocaleString('en'),
    `${text(meanLoss)} (${interval.map(text).join(' to ')})`,
  ];
  return {
    head: ['rows where', 'rows', `${title} (95% interval)`],
    rows: [...worse.map((slice) => line(slice.text, slice)), line('all rows of this half', overall)],
  };
}

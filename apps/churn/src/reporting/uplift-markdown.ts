import type { UpliftReport } from '../uplift/uplift-report.js';
import { joined, type Markdown, markdown, table } from './markdown.js';
import { armsText, leftOutText, PART_HEAD, partCells, upliftTitle } from './uplift-section.js';
import { refusalText, type UpliftSummary, upliftConclusions } from './uplift-text.js';

/** The section of a Markdown report on an experiment. */
export function upliftMarkdown(summary: UpliftSummary): Markdown[] {
  const { uplift, rows } = summary;
  const { model } = uplift;
  return [
    markdown`## ${upliftTitle(rows)}`,
    markdown`${armsText(summary)}`,
    joined(
      upliftConclusions(summary).map((line) => markdown`- ${line}`),
      '\n',
    ),
    ...(model
      ? [
          table(PART_HEAD, partCells(model)),
          markdown`Chosen by the out-of-fold Qini coefficient on training rows: ${comparedText(model)}${leftOutText(model)}.`,
        ]
      : [markdown`${refusalText(uplift)}.`]),
  ];
}

function comparedText({ compared }: NonNullable<UpliftReport['model']>): string {
  return compared.map(({ learner, qini }) => `${learner} ${qini.toFixed(4)}`).join(', ');
}

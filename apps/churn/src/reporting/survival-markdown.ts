import type { SurvivalReport } from '../training/training-report.js';
import { type Markdown, markdown, table } from './markdown.js';
import { markdownReport } from './markdown-report.js';
import {
  COEFFICIENT_MEANING,
  calibrationTable,
  coefficientTable,
  concordanceText,
  groupsText,
  groupTable,
  SURVIVAL_MEANING,
  summaryText,
  survivalCells,
  survivalHead,
  timeText,
} from './survival-text.js';

/** The training report of survival models as Markdown. */
export function survivalMarkdown(report: SurvivalReport): string {
  return markdownReport(report, {
    head: ['test concordance (95% interval)', ...survivalHead(report)],
    cells: ({ test }) => [concordanceText(test), ...survivalCells(test)],
    rank: (a, b) => b.test.concordance - a.test.concordance,
    shown: ({ test }) => `test concordance ${concordanceText(test)}`,
    meaning: SURVIVAL_MEANING,
    chosen: 'Models and parameters',
    details: () => [...groupBlocks(report), ...calibrationBlocks(report), ...coefficientBlocks(report)],
    target: ['event', summaryText(report.data.target)],
  });
}

function groupBlocks({ best, groups, unit }: SurvivalReport): Markdown[] {
  const { head, rows } = groupTable({ groups });
  return [markdown`## Survival by risk`, markdown`${groupsText(best, groups, unit)}`, table(head, rows)];
}

function calibrationBlocks({ best, models, unit }: SurvivalReport): Markdown[] {
  const calibrated = models[best].test.horizons.filter(({ calibration }) => calibration.length > 0);
  return calibrated.flatMap((each) => {
    const { head, rows } = calibrationTable(each);
    return [
      markdown`## Calibration within ${timeText(each.horizon, unit)}`,
      markdown`Test rows by the event probability predicted by ${best}, with the observed share (Kaplan–Meier estimate).`,
      table(head, rows),
    ];
  });
}

function coefficientBlocks({ models }: SurvivalReport): Markdown[] {
  return Object.entries(models).flatMap(([name, { coefficients }]) => {
    if (!coefficients) return [];
    const { head, rows } = coefficientTable(coefficients);
    return [markdown`## Hazard ratios of ${name}`, markdown`${COEFFICIENT_MEANING}`, table(head, rows)];
  });
}

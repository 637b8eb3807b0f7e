import type { ReportBlock, ReportSection } from '@churn/eda';
import type { SurvivalReport } from '../training/training-report.js';
import { groupSections } from './group-section.js';
import { charts, type PageContent, reportPage } from './html-report.js';
import { survivalConclusions } from './survival-conclusions.js';
import {
  COEFFICIENT_MEANING,
  calibrationTable,
  coefficientTable,
  figureOrNone,
  groupsText,
  groupTable,
  SURVIVAL_MEANING,
  summaryText,
  timeText,
} from './survival-text.js';

/** The training report of survival models as a page. */
export function survivalPage(content: PageContent<SurvivalReport> & { readonly event: string }): string {
  const { report, pictures, event } = content;
  const { best, models, data, horizons, unit } = report;
  const { test } = models[best];
  const [low, high] = test.interval;
  const last = timeText(horizons[horizons.length - 1], unit);
  return reportPage(content, {
    aim: `predict when ${event} occurs`,
    subject: event,
    figures: [
      {
        label: 'test concordance',
        value: test.concordance.toFixed(3),
        note: `95% interval ${low.toFixed(3)} to ${high.toFixed(3)}`,
      },
      {
        label: 'integrated Brier score',
        value: figureOrNone(test.integratedBrierScore),
        note: `up to ${last}`,
      },
    ],
    conclusions: survivalConclusions(report, event, content.drivers ?? []),
    relations: [{ kind: 'text', text: `The event: ${summaryText(data.target)}.` }],
    meaning: SURVIVAL_MEANING,
    head: ['test concordance', `integrated Brier score up to ${last}`],
    cells: ({ test: figures }) => [figures.concordance, figureOrNone(figures.integratedBrierScore)],
    sections: [
      {
        title: 'Survival by risk',
        blocks: [
          ...charts(pictures, 'survival'),
          { kind: 'table', caption: groupsText(best, report.groups, unit), ...groupTable(report) },
        ],
      },
      {
        title: 'Calibration',
        blocks: [...charts(pictures, 'calibration'), horizonBlock(report), ...calibrationBlocks(report)],
      },
      ...groupSections(content),
      ...coefficientSections(report),
    ],
  });
}

/** The metrics of each model's probabilities at each horizon. */
function horizonBlock({ models, unit }: SurvivalReport): ReportBlock {
  return {
    kind: 'table',
    caption: 'The models on test rows, by horizon',
    head: ['horizon', 'model', 'Brier score', 'ROC AUC'],
    rows: Object.entries(models)
      .flatMap(([name, { test }]) => test.horizons.map((each) => ({ name, ...each })))
      .sort((a, b) => a.horizon - b.horizon)
      .map(({ name, horizon, brierScore, rocAuc }) => [
        ...[timeText(horizon, unit), name, figureOrNone(brierScore), figureOrNone(rocAuc)],
      ]),
  };
}

function calibrationBlocks({ best, models, unit }: SurvivalReport): ReportBlock[] {
  return models[best].test.horizons
    .filter(({ calibration }) => calibration.length > 0)
    .map((each) => ({
      kind: 'table',
      caption: `Test rows by the probability of the event within ${timeText(each.horizon, unit)} predicted by ${best}, with the observed share`,
      ...calibrationTable(each),
    }));
}

function coefficientSections({ models }: SurvivalReport): ReportSection[] {
  const blocks = Object.entries(models).flatMap(([name, { coefficients }]): ReportBlock[] =>
    coefficients
      ? [
          {
            kind: 'table',
            caption: `${name}: hazard ratios. ${COEFFICIENT_MEANING}`,
            ...coefficientTable(coefficients),
          },
        ]
      : [],
  );
  return blocks.length > 0 ? [{ title: 'Hazard ratios', blocks }] : [];
}

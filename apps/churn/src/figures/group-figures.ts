import { groupMeasureChart } from '@churn/eda';
import { GROUP_MEASURES } from '../reporting/group-text.js';
import type { CommonReport } from '../training/training-report.js';
import { type Figure, fileName, withOwnIds } from './figure.js';

/** The metrics of the best model by group of test rows: a figure for each column with several groups. */
export function groupFigures({ best, byGroup }: Pick<CommonReport, 'best' | 'byGroup'>): Figure[] {
  return withOwnIds(
    byGroup
      .filter(({ groups }) => groups.length > 1)
      .map(({ column, overall, groups }) => {
        const names = Object.keys(overall).filter((name) => GROUP_MEASURES[name].isJudged);
        const title = `${best}: test rows by ${column}`;
        return {
          id: `groups_${fileName(column)}`,
          section: 'groups',
          column,
          alt: `${title}: ${names.map((name) => GROUP_MEASURES[name].title).join(', ')}`,
          chart: groupMeasureChart(
            groups.map(({ group, rows, metrics }) => ({
              ...{ group, rows },
              figures: names.map((name) => metrics[name]),
            })),
            names.map((name) => {
              const { title, text, isShare = false } = GROUP_MEASURES[name];
              return { name: title, overall: overall[name].value, text, isShare };
            }),
            { title },
          ),
        };
      }),
  );
}

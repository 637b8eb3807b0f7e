import type { ReportBlock, ReportSection } from '@churn/eda';
import { LEAST_GROUP } from '../training/grouped-column.js';
import type { CommonReport } from '../training/training-report.js';
import { disparityTexts, groupMeasureTable } from './group-text.js';
import { chartBlock, type PageContent } from './html-report.js';
import { joined, type Markdown, markdown, table } from './markdown.js';

/** The parts of a report that concern groups. */
type Grouped = Pick<CommonReport, 'best' | 'byGroup' | 'data'>;

/** The sections of a page with metrics by group; empty if the configuration names no groups. */
export function groupSections({
  report,
  pictures,
  positive,
}: PageContent & { readonly positive?: string | undefined }): ReportSection[] {
  const { best, byGroup, data } = report;
  if (byGroup.length === 0) return [];
  const blocks = byGroup.flatMap((each): ReportBlock[] => [
    { kind: 'list', items: disparityTexts(each, positive) },
    ...pictures
      .filter(({ section, column }) => section === 'groups' && column === each.column)
      .map(chartBlock),
    { kind: 'table', caption: groupCaption(best, each.column), ...groupMeasureTable(each, data.test) },
  ]);
  return [{ title: 'Groups', blocks }];
}

/** The sections as Markdown. */
export function groupMarkdown({ best, byGroup, data }: Grouped, positive?: string): Markdown[] {
  return byGroup.flatMap((each) => {
    const { head, rows } = groupMeasureTable(each, data.test);
    const texts = disparityTexts(each, positive).map((text) => markdown`- ${text}`);
    return [
      markdown`## By ${each.column}`,
      markdown`${groupCaption(best, each.column)}.`,
      joined(texts, '\n'),
      table(head, rows),
    ];
  });
}

function groupCaption(best: string, column: string): string {
  return `${best} on test rows by ${column}, with 95% intervals; categories with fewer than ${LEAST_GROUP} rows form one group`;
}

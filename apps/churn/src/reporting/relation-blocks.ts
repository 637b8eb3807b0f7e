import type { ReportBlock, TableProfile } from '@churn/eda';
import { tellingRelations } from '../figures/class-figures.js';
import { explainingRelations } from '../figures/numeric-target-figures.js';

/** A table of the relation of each column to the target; empty if it was not profiled. @param what the positive class, or the target. */
export function relationBlocks(profile: TableProfile, what: string): ReportBlock[] {
  if (!profile.target) return [];
  const caption = `The relation of each column to “${what}”`;
  if (profile.target.kind === 'classes') {
    return [
      {
        kind: 'table',
        caption,
        head: ['column', 'mutual information', 'ROC AUC'],
        rows: tellingRelations(profile).map(({ name, mutualInformation, auc }) => [
          name,
          mutualInformation,
          auc ?? '-',
        ]),
      },
    ];
  }
  return [
    {
      kind: 'table',
      caption: `${caption}: the share of variance explained by levels or deciles (eta²), corrected for chance, and correlations`,
      head: ['column', 'explained variance', 'eta²', 'Pearson', 'Spearman', 'mutual information'],
      rows: explainingRelations(profile).map((relation) => [
        relation.name,
        relation.epsilonSquared ?? '-',
        relation.etaSquared ?? '-',
        relation.pearson ?? '-',
        relation.spearman ?? '-',
        relation.mutualInformation,
      ]),
    },
  ];
}

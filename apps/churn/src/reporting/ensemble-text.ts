import { ENSEMBLE } from '../model/blend.js';
import type { CommonReport } from '../training/training-report.js';

type Models = Pick<CommonReport, 'models'>;

/** That the ensemble is a single model, if it has one member; with a space before it. */
export function ensembleText(report: Models): string {
  const only = onlyMember(report);
  return only === undefined
    ? ''
    : ` The ensemble has one member: it is ${only} with calibrated probabilities.`;
}

/** What stands below the name of the best model: what it is, or among how many it was chosen. */
export function bestNote({ best, models }: Pick<CommonReport, 'best' | 'models'>): string {
  const only = best === ENSEMBLE ? onlyMember({ models }) : undefined;
  return only === undefined ? `of ${Object.keys(models).length} compared` : `${only}, calibrated`;
}

/** What the ensemble is called in tables: by its member, if it has only one. */
export function ensembleName(report: Models): string {
  const only = onlyMember(report);
  return only === undefined ? ENSEMBLE : `${ENSEMBLE}: ${only}, calibrated`;
}

/** A blend of one model is written only if its probabilities are calibrated. */
function onlyMember({ models }: Models): string | undefined {
  const members = models[ENSEMBLE]?.parameters.members;
  if (!Array.isArray(members) || members.length !== 1) return undefined;
  return (members as unknown as readonly { readonly model: string }[])[0].model;
}

import { ENSEMBLE } from '../model/blend.js';
import type { CommonReport } from '../training/training-report.js';

type Models = Pick<CommonReport, 'models'>;

/** States that the ensemble is a single model, if so; starts with a space. */
export function ensembleText(report: Models): string {
  const only = onlyMember(report);
  return only === undefined
    ? ''
    : ` The ensemble has one member: it is ${only} with calibrated probabilities.`;
}

/** The note below the name of the best model: its member, or the number of compared models. */
export function bestNote({ best, models }: Pick<CommonReport, 'best' | 'models'>): string {
  const only = best === ENSEMBLE ? onlyMember({ models }) : undefined;
  return only === undefined ? `of ${Object.keys(models).length} compared` : `${only}, calibrated`;
}

/** The name of the ensemble in tables, with its member if it has only one. */
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

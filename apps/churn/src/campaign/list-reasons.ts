import { explainRows } from '../scoring/explained-rows.js';
import { REASONS } from '../scoring/prediction-columns.js';
import type { ScoringModel } from '../scoring/scoring-model.js';
import { listedParts } from './listed-parts.js';
import type { Customers } from './read-customers.js';

/**
 * The strongest reasons for each customer on a list, one array per rank. Those that raise the probability, and so put the customer on the
 * list, come first. A customer who cannot be explained has none.
 */
export async function listReasons(
  scoring: ScoringModel,
  modelFile: string,
  customers: Customers,
  listed: Int32Array,
): Promise<string[][]> {
  const reasons = Array.from({ length: REASONS }, () => new Array<string>(listed.length).fill(''));
  const explanations = await explainRows(scoring, modelFile);
  try {
    for (const { places, table } of listedParts(customers, listed, explanations.partSize)) {
      const explained = await explanations.score(table);
      explained.rows.forEach((row, i) => {
        const strongest = explained.explanations[i].reasons.slice(0, REASONS);
        const sorted = strongest.sort((a, b) => Number(b.contribution > 0) - Number(a.contribution > 0));
        for (let k = 0; k < REASONS; k++) reasons[k][places[row]] = sorted[k]?.text ?? '';
      });
    }
  } finally {
    await explanations.close();
  }
  return reasons;
}

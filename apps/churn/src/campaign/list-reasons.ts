import { explainRows } from '../scoring/explained-rows.js';
import { REASONS } from '../scoring/prediction-columns.js';
import type { ScoringModel } from '../scoring/scoring-model.js';
import type { Customers } from './read-customers.js';

/** The strongest reasons of each customer on a list, of each place an array; a customer who cannot be explained has none. */
export async function listReasons(
  scoring: ScoringModel,
  modelFile: string,
  { places }: Customers,
  listed: Int32Array,
): Promise<string[][]> {
  const reasons = Array.from({ length: REASONS }, () => new Array<string>(listed.length).fill(''));
  const explanations = await explainRows(scoring, modelFile);
  try {
    for (const [batch, ofBatch] of byBatch(places, listed)) {
      const size = explanations.partSize(ofBatch.length);
      for (let from = 0; from < ofBatch.length; from += size) {
        const part = ofBatch.slice(from, from + size);
        const table = batch.table.take(part.map((place) => places[listed[place]].row));
        const explained = await explanations.score(table);
        explained.rows.forEach((row, i) => {
          for (let k = 0; k < REASONS; k++) {
            reasons[k][part[row]] = explained.explanations[i].reasons[k]?.text ?? '';
          }
        });
      }
    }
  } finally {
    await explanations.close();
  }
  return reasons;
}

/** The places of the list by the part of the input that they come from. */
function byBatch(places: Customers['places'], listed: Int32Array) {
  const all = new Map<Customers['batches'][number], number[]>();
  listed.forEach((customer, place) => {
    const { batch } = places[customer];
    const ofBatch = all.get(batch);
    if (ofBatch) ofBatch.push(place);
    else all.set(batch, [place]);
  });
  return all;
}

import { csvPieces } from '../../../../data/generator/src/csv.js';
import { generateCustomers } from '../../../../data/generator/src/generate-customers.js';

/** Enough to see what a report says, and few enough to be trained on in seconds. */
const ROWS = 3000;

/** Customers of a bank, made by the generator of the repository's sample data. */
export function sampleFile(): File {
  const table = generateCustomers({ rows: ROWS, seed: 42 });
  return new File([...csvPieces(table)], 'sample_customers.csv', { type: 'text/csv' });
}

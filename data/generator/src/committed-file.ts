import type { GenerateOptions } from './generate-customers.js';

/** What `data/bank_data.csv` is made with: as many rows as the real file has. */
export const committedFile: GenerateOptions = { rows: 10_127, seed: 42 };

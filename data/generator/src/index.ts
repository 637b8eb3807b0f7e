export { committedFile } from './committed-file.js';
export { csvPieces } from './csv.js';
export type { CustomerColumn, CustomerTable } from './customer-table.js';
export { type GenerateOptions, generateCustomers } from './generate-customers.js';
export {
  type ContinuousVariable,
  type DiscreteVariable,
  type Figures,
  type QuantileKnots,
  type Segment,
  type Summary,
  summary,
} from './summary.js';

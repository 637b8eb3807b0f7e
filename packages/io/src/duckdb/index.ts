export { queryRecords } from './query-records.js';

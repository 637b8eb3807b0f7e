export { type ConcordanceOptions, concordance } from './concordance.js';

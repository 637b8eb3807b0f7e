export { arrow } from './arrow.js';
export { toArrow } from './to-arrow.js';

export { excel } from './excel.js';

import { column } from '../expressions.js';
import type { TransformerLowering } from '../transformer-lowering.js';

/** Columns keep their positions. */
export const renameColumns: TransformerLowering = ({ frame }) => frame.columns.map(({ id }) => column(id));

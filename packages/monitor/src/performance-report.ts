import type { PerformanceFigures } from './performance-figures.js';

/** A metric and its confidence interval; `null` if undefined. */
export interface FigureInterval {
  readonly value: number | null;
  readonly lower: number | null;
  readonly upper: number | null;
}

/** A metric estimated without labels, and its value on the reference. */
export interface FigureEstimate extends FigureInterval {
  readonly reference: number | null;
}

/** The metrics of `PerformanceFigures`, and the mean profit per row if costs are given. */
export type FigureName = keyof PerformanceFigures | 'profit';

/** The metrics of a model on new rows, computed from their labels. */
export interface RealisedPerformance {
  readonly rows: number;
  readonly confidenceLevel: number;
  readonly figures: Readonly<Record<FigureName, FigureInterval>>;
}

/** The metrics of a model on new rows, estimated without labels. */
export interface EstimatedPerformance {
  readonly rows: number;
  readonly confidenceLevel: number;
  readonly figures: Readonly<Record<FigureName, FigureEstimate>>;
}

import type { PerformanceFigures } from './performance-figures.js';

/** A figure and the interval in which it is with the given confidence; `null` if it is not defined. */
export interface FigureInterval {
  readonly value: number | null;
  readonly lower: number | null;
  readonly upper: number | null;
}

/** A figure that is estimated without labels, beside what it was on the reference. */
export interface FigureEstimate extends FigureInterval {
  readonly reference: number | null;
}

/** The figures of `PerformanceFigures`, and the profit of a row on average, where costs are given. */
export type FigureName = keyof PerformanceFigures | 'profit';

/** How good a model is on new rows, as their labels say. */
export interface RealisedPerformance {
  readonly rows: number;
  readonly confidenceLevel: number;
  readonly figures: Readonly<Record<FigureName, FigureInterval>>;
}

/** How good a model is on new rows, estimated before their labels are known. */
export interface EstimatedPerformance {
  readonly rows: number;
  readonly confidenceLevel: number;
  readonly figures: Readonly<Record<FigureName, FigureEstimate>>;
}

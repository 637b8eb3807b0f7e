export { type ChartData, chartData } from './charts/chart-data.js';
export {
  classificationReportChart,
  type ReportData,
  type ReportLine,
} from './charts/classification-report-chart.js';
export { confusionChart, type NamedConfusionMatrix } from './charts/confusion-chart.js';
export { type CorrelationChartOptions, correlationChart } from './charts/correlation-chart.js';
export { coverageChart, type NamedCoverage } from './charts/coverage-chart.js';
export {
  type DependenceChartOptions,
  type DependenceCurve,
  dependenceChart,
} from './charts/dependence-chart.js';
export type { ChartSpec, ChartTitle } from './charts/figure.js';
export { type GroupErrorOptions, type GroupedError, groupErrorChart } from './charts/group-error-chart.js';
export {
  type GroupMeasure,
  groupMeasureChart,
  type MeasuredGroup,
} from './charts/group-measure-chart.js';
export { type HistogramChartOptions, histogramChart } from './charts/histogram-chart.js';
export { type Importance, type ImportanceChartOptions, importanceChart } from './charts/importance-chart.js';
export {
  type IntervalWidthOptions,
  intervalWidthChart,
  type PredictedIntervals,
} from './charts/interval-width-chart.js';
export { classDistributionChart, type LevelShareOptions, levelShareChart } from './charts/level-chart.js';
export { type MissingChartOptions, missingChart } from './charts/missing-chart.js';
export {
  calibrationChart,
  gainsChart,
  liftChart,
  type NamedCalibrationCurve,
  type NamedGains,
  type NamedLift,
  type NamedPrecisionRecallCurve,
  type NamedRocCurve,
  precisionRecallChart,
  rocChart,
} from './charts/model-curves.js';
export { periodChart } from './charts/period-chart.js';
export {
  type PredictedAmounts,
  type PredictionErrorOptions,
  predictionErrorChart,
} from './charts/prediction-error-chart.js';
export { type ListProfit, type ProfitChartOptions, profitChart } from './charts/profit-chart.js';
export { type ResidualChartOptions, residualChart } from './charts/residual-chart.js';
export {
  type BeeswarmOptions,
  beeswarmChart,
  type Contribution,
  type FeatureContributions,
  type WaterfallOptions,
  waterfallChart,
} from './charts/shap-charts.js';
export { type ShareChartOptions, type ShareGroup, shareChart } from './charts/share-chart.js';
export {
  cumulativeHazardChart,
  horizonCalibrationChart,
  type NamedHazardCurve,
  type NamedHorizonCalibration,
  type NamedSurvivalCurve,
  type SurvivalChartOptions,
  survivalChart,
} from './charts/survival-charts.js';
export { type TargetBoxOptions, targetBoxChart } from './charts/target-box-chart.js';
export { type TargetMeanOptions, targetMeanChart } from './charts/target-mean-chart.js';
export { type TargetRateOptions, targetRateChart } from './charts/target-rate-chart.js';
export { COLOURS, DIVERGING, PALETTE, SEQUENTIAL } from './charts/theme.js';
export { type ThresholdChartOptions, type ThresholdCurve, thresholdChart } from './charts/threshold-chart.js';
export {
  type TimelineChartOptions,
  type TimelinePoint,
  timelineChart,
} from './charts/timeline-chart.js';
export {
  type NamedUpliftCurve,
  type ObservedUplift,
  observedUpliftChart,
  qiniChart,
  upliftChart,
} from './charts/uplift-charts.js';
export { fourDigits, percent } from './format.js';
export type { AmountBin, AmountRelation } from './profile/amount-relation.js';
export type { BoxFigures } from './profile/box-figures.js';
export type { CalendarPeriod } from './profile/calendar-period.js';
export type { ColumnGroup } from './profile/column-groups.js';
export {
  type CategoryProfile,
  type ColumnProfile,
  type NumericProfile,
  PROFILE_QUANTILES,
} from './profile/column-profile.js';
export { dateColumns } from './profile/date-columns.js';
export { type FindLeaksOptions, findLeaks, type Leak } from './profile/find-leaks.js';
export type { Histogram } from './profile/histogram.js';
export type { Moments } from './profile/moments.js';
export type { Outliers } from './profile/outliers.js';
export {
  type AmountTargetLike,
  type ClassTargetLike,
  type NamedAmounts,
  type NamedTarget,
  type ProfileOptions,
  profile,
} from './profile/profile.js';
export type { ProfileWarning } from './profile/profile-warning.js';
export { suitedScale } from './profile/suited-scale.js';
export type {
  AmountTargetProfile,
  ClassTargetProfile,
  CorrelationMatrix,
  TableProfile,
  TargetProfile,
} from './profile/table-profile.js';
export type { RateBin, TargetRelation } from './profile/target-relation.js';
export {
  type PeriodFigures,
  type TimeProfile,
  type TimeProfileOptions,
  timeProfile,
} from './profile/time-profile.js';
export type { LevelCount } from './profile/top-levels.js';
export type { ComparedModel, ModelComparison } from './report/comparison/model-comparison.js';
export type { Decision, DecisionAmounts } from './report/decision/decision-panel.js';
export { escapeHtml, type Html, type HtmlValue, html } from './report/html.js';
export {
  createReport,
  type KeyFigure,
  type Report,
  type ReportBlock,
  type ReportChart,
  type ReportSection,
  type TableCell,
} from './report/report.js';
export { type ReportFrameOptions, reportFrame } from './report/report-frame.js';
export type { ExploredRow, RowExplorer, RowOrder } from './report/rows/row-explorer.js';

import type { ClassLabel } from '@churn/core';
import { type ChartSpec, type ChartTitle, figure, requireSome } from './figure.js';
import { SEQUENTIAL } from './theme.js';

/** The figures of a line of a classification report. */
export interface ReportLine {
  readonly precision: number;
  readonly recall: number;
  readonly f1: number;
  readonly support: number;
}

/** A classification report, as `classificationReport` of `@churn/selection` gives it. */
export interface ReportData {
  readonly classes: readonly ({ readonly label: ClassLabel } & ReportLine)[];
  readonly accuracy: number;
  readonly macroAverage: ReportLine;
  readonly weightedAverage: ReportLine;
}

const FIGURES = ['precision', 'recall', 'f1'] as const;
const COLUMNS = ['precision', 'recall', 'F1', 'rows'];

/** A classification report as an annotated table: figures by class, their averages and the accuracy. */
export function classificationReportChart(
  { classes, accuracy, macroAverage, weightedAverage }: ReportData,
  { title = 'Classification report', subtitle = `accuracy ${accuracy.toFixed(3)}` }: ChartTitle = {},
): ChartSpec {
  requireSome('classificationReportChart', 'classes', classes);
  const lines: [string, ReportLine][] = [
    ...classes.map((each): [string, ReportLine] => [String(each.label), each]),
    ['mean of the classes', macroAverage],
    ['mean weighted by rows', weightedAverage],
  ];
  const cells = lines.flatMap(([line, figures]) => [
    ...FIGURES.map((name, i) => ({
      line,
      column: COLUMNS[i],
      value: figures[name],
      label: Number.isFinite(figures[name]) ? figures[name].toFixed(3) : '-',
    })),
    { line, column: 'rows', value: null, label: figures.support.toLocaleString('en') },
  ]);
  return figure(
    { title, subtitle },
    {
      data: { values: cells },
      width: { step: 100 },
      height: { step: 44 },
      encoding: {
        x: {
          field: 'column',
          type: 'nominal',
          sort: null,
          title: null,
          axis: { orient: 'top', labelAngle: 0, domain: false, ticks: false },
        },
        y: {
          field: 'line',
          type: 'nominal',
          sort: null,
          title: null,
          axis: { domain: false, ticks: false },
        },
      },
      layer: [
        {
          transform: [{ filter: 'isValid(datum.value)' }],
          mark: { type: 'rect', stroke: 'white', strokeWidth: 2 },
          encoding: {
            color: {
              field: 'value',
              type: 'quantitative',
              scale: { domain: [0, 1], range: [...SEQUENTIAL] },
              legend: null,
            },
          },
        },
        {
          mark: { type: 'text', fontSize: 13 },
          encoding: {
            text: { field: 'label', type: 'nominal' },
            color: { condition: { test: 'datum.value > 0.6', value: 'white' }, value: '#222' },
          },
        },
      ],
    },
  );
}

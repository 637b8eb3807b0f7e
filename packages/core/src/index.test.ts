import * as core from './index.js';
import * as testing from './testing.js';

it('@churn/core exports these names', () => {
  expect(Object.keys(core).sort()).toEqual([
    'ChurnError',
    'FittedPipeline',
    'Labels',
    'MODEL_FORMAT_VERSION',
    'Pipeline',
    'Random',
    'StateReader',
    'Table',
    'assertLabelPerRow',
    'categoryColumn',
    'cellAt',
    'classLabels',
    'columnLength',
    'columnOf',
    'compileRow',
    'conformTo',
    'countMissing',
    'fitThenTransform',
    'isBoolean',
    'isClassLabel',
    'isNumber',
    'isNumberOrNull',
    'isNumberRecord',
    'isPlainObject',
    'isString',
    'likeliest',
    'likeliestCodes',
    'missingColumn',
    'numericColumn',
    'packArray',
    'parseModel',
    'positionOf',
    'requireParameter',
    'restorePart',
    'rowValues',
    'rowsToTable',
    'sampleWeights',
    'savedPart',
    'schemaOf',
    'serializeModel',
    'stratifiedFolds',
    'takeRows',
    'twoClassLabels',
  ]);
});

it('@churn/core/testing exports these names', () => {
  expect(Object.keys(testing).sort()).toEqual([
    'classifierConformance',
    'snapshot',
    'transformerConformance',
  ]);
});

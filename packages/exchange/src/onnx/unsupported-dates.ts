import { ChurnError } from '@churn/core';

/** The error for dates, which ONNX cannot parse. */
export function unsupportedDates(): ChurnError {
  return new ChurnError(
    'unsupported',
    'ONNX has no operators for dates; export the model without its pipeline, or compute the parts of dates beforehand',
  );
}

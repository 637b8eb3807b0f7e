import { parseLibsvmModel } from './libsvm-model.js';

describe('parseLibsvmModel', () => {
  it('reads the first class, the constant and the coefficients', () => {
    const text = [
      'svm_type c_svc',
      'kernel_type rbf',
      'gamma 0.123457',
      'nr_class 2',
      'total_sv 3',
      'rho -0.47479',
      'label 1 0',
      'nr_sv 1 2',
      'SV',
      '2 1:0.45865013 2:1.5983017 ',
      '-1.827217148095551 1:0.047044616 2:2.0365942 ',
      '-1e-05 2:1 ',
      '',
    ].join('\n');
    expect(parseLibsvmModel(text)).toEqual({
      positive: 1,
      rho: -0.47479,
      dualCoefficients: [2, -1.827217148095551, -1e-5],
    });
  });
});

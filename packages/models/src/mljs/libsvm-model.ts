/** The parts read from the text of a libsvm model of two classes. */
export interface LibsvmModel {
  /** The class of positive decisions. */
  readonly positive: number;
  /** The constant that is subtracted from a decision, to six digits. */
  readonly rho: number;
  /** `y_i α_i` of each support vector, in the order of `getSVIndices`. */
  readonly dualCoefficients: number[];
}

/** Reads the text of `serializeModel`. Gamma and the support vectors are not read, since the text rounds them. */
export function parseLibsvmModel(text: string): LibsvmModel {
  const [head, body = ''] = text.split(/^SV\n/m);
  const fields = new Map(
    head.split('\n').map((line): [string, string[]] => {
      const [name, ...values] = line.trim().split(/\s+/);
      return [name, values];
    }),
  );
  return {
    positive: Number(fields.get('label')?.[0]),
    rho: Number(fields.get('rho')?.[0]),
    dualCoefficients: body
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => Number.parseFloat(line)),
  };
}

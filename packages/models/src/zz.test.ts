import { proximalNewton } from './linear/proximal-newton.js';
const F = (a: number[]) => Float64Array.from(a);
const A = {"columns":[[1223.7434571292363,-986.3909946951486],[0.07132977543211715,0.7834428856930826],[-1.9487098580651423,-0.04516372877012562],[-0.23612953949821275,-2.9658435326579635],[1,1]].map(F),"y":[0,1],"C":1000,"l1":F([1,1,1,1,0]),"l2":F([0,0,0,0,0])};
const B = {"columns":[[1.3759939077816326,0.2803996394564593],[0.5656574933064052,-1.1969866263946842],[-1.9332208943713522,1.3617208217788606],[1.5975106052434656,-0.3588113817584],[-0.5481615573555515,0.4606752215671371],[-3.3786465275915494,-0.7194724877740902],[0.6142305464348665,-1.3404705059419548],[0,0],[1,1]].map(F),"y":[0,1],"C":1000,"l1":F([1,1,1,1,1,1,1,1,0]),"l2":F([0,0,0,0,0,0,0,0,0])};

import { minimiseL1Quadratic } from './linear/l1-quadratic.js';
import { weightedGram, dot } from './linear/weighted-gram.js';
const say = (...x: unknown[]) => process.stdout.write(x.map((v) => v instanceof Float64Array ? '[' + [...v].map((q) => q.toPrecision(5)) + ']' : String(v)).join(' ') + '\n');
it('x', () => {
  for (const [P, m] of [[A, 0], [B, 2]] as const) {
    const { weights: w } = proximalNewton(P, { start: new Float64Array(P.columns.length), tolerance: 1e-8, maxIterations: m });
    const z = P.y.map((_, i) => P.columns.reduce((s, c, j) => s + c[i] * w[j], 0));
    const p = z.map((v) => 1 / (1 + Math.exp(-v)));
    const g = F(P.columns.map((c) => c.reduce((s, v, i) => s + 1000 * v * (p[i] - P.y[i]), 0)));
    const working = P.columns.map((_, j) => j).filter((j) => w[j] !== 0 || Math.abs(g[j]) >= P.l1[j]);
    const pick = (v: Float64Array) => F(working.map((j) => v[j]));
    const hessian = weightedGram(working.map((j) => P.columns[j]), F(p.map((q) => 1000 * q * (1 - q))));
    const at = pick(w), lambda = pick(P.l1), gradient = pick(g);
    const u = minimiseL1Quadratic({ hessian, gradient, at, lambda });
    const k = working.length;
    const obj = (v: Float64Array) => { const d = v.map((q, j) => q - at[j]); return dot(gradient, d) + 0.5 * d.reduce((s, dj, j) => s + dj * dot(hessian.subarray(j * k, (j + 1) * k), d), 0) + v.reduce((s, q, j) => s + lambda[j] * Math.abs(q), 0); };
    const d = u.map((q, j) => q - at[j]);
    const r = gradient.map((q, j) => q + dot(hessian.subarray(j * k, (j + 1) * k), d));
    say('working', working.join(), 'at', at, 'g', gradient, 'H', hessian, 'u', u, 'obj', obj(at), obj(u), 'r', r, 'promised', dot(gradient, d) + u.reduce((s, q, j) => s + lambda[j] * (Math.abs(q) - Math.abs(at[j])), 0));
  }
});

/** The 0.975 quantile of the standard normal distribution. */
const Z = 1.959963984540054;

/** The 0.975 quantiles of the t distribution with 1 to 30 degrees of freedom, as `scipy.stats.t.ppf` has them. */
const FEW = [
  12.706204736174694, 4.302652729749462, 3.1824463052837078, 2.7764451051977934, 2.5705818356363146,
  2.4469118511449786, 2.364624251592784, 2.306004135204166, 2.262157162798205, 2.228138851986274,
  2.200985160091639, 2.1788128296672284, 2.1603686564627913, 2.144786687917804, 2.131449545559776,
  2.1199052992212546, 2.1098155778333156, 2.1009220402410382, 2.0930240544083087, 2.085963447265864,
  2.0796138447276795, 2.0738730679040254, 2.0686576104190486, 2.0638985616280245, 2.0595385527532972,
  2.0555294386428735, 2.0518305164802846, 2.0484071417952454, 2.045229642132703, 2.0422724563012378,
];

/** Of more degrees, what is added to `Z` for each further power of their inverse; right to 3e-8 from 31 degrees on. */
const MANY = [2.372271230298562, 2.8224986157396112, 2.555849679507722, 1.5895340533938225];

/** The 0.975 quantile of the t distribution (Abramowitz and Stegun, "Handbook of mathematical functions", 1964, formula 26.7.5). */
function tQuantile(degrees: number): number {
  if (degrees <= FEW.length) return FEW[degrees - 1];
  return MANY.reduceRight((sum, term) => (sum + term) / degrees, 0) + Z;
}

/**
 * The 95% interval of a mean, `mean ± t sd / sqrt(n)` with the t distribution of `n - 1` degrees of freedom
 * (Student, "The probable error of a mean", 1908); `null` of fewer than two rows.
 */
export function meanInterval(mean: number, sd: number, n: number): [low: number, high: number] | null {
  if (n < 2) return null;
  const reach = (tQuantile(n - 1) * sd) / Math.sqrt(n);
  return [mean - reach, mean + reach];
}

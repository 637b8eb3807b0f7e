/**
 * The area under the ROC curve of one ordered value as a score: the share of pairs of a positive and a negative row in which
 * the positive has the larger value, ties counting half (Mann and Whitney, 1947; Hanley and McNeil, 1982). `null` where either
 * class has no rows.
 *
 * @param rows how many rows have each of the values, in ascending order.
 * @param positives how many of them are of the positive class.
 */
export function singleColumnAuc(rows: ArrayLike<number>, positives: ArrayLike<number>): number | null {
  let nPositive = 0;
  let nNegative = 0;
  let wins = 0;
  for (let i = 0; i < rows.length; i++) {
    const negatives = rows[i] - positives[i];
    wins += positives[i] * (nNegative + negatives / 2);
    nPositive += positives[i];
    nNegative += negatives;
  }
  return nPositive === 0 || nNegative === 0 ? null : wins / nPositive / nNegative;
}

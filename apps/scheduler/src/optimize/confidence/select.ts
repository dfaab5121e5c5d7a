/**
 * The element that stands at `rank` once `values` are sorted (Hoare's selection, 1961): what is before it is no larger,
 * what is behind it no smaller. Reorders `values` from `from` on.
 */
export function select(values: Float64Array, rank: number, from = 0): number {
  let [low, high] = [from, values.length - 1];
  while (low < high) {
    const pivot = values[(low + high) >> 1] ?? 0;
    let [left, right] = [low, high];
    while (left <= right) {
      while ((values[left] ?? 0) < pivot) left += 1;
      while ((values[right] ?? 0) > pivot) right -= 1;
      if (left > right) break;
      [values[left], values[right]] = [values[right] ?? 0, values[left] ?? 0];
      left += 1;
      right -= 1;
    }
    if (rank <= right) high = right;
    else if (rank >= left) low = left;
    else break;
  }
  return values[rank] ?? Infinity;
}

export interface Distribution {
  count: number;
  p50: number;
  p90: number;
  p99: number;
  max: number;
}

export function distributionOf(values: readonly number[]): Distribution {
  const sorted = [...values].sort((a, b) => a - b);
  const at = (share: number): number => sorted[Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)] ?? 0;
  return { count: sorted.length, p50: at(0.5), p90: at(0.9), p99: at(0.99), max: at(1) };
}

/** How many values lie below each bound and not below the one before; the last has no bound. */
export function histogramOf(
  values: readonly number[],
  bounds: readonly number[],
): { below: number | null; count: number }[] {
  const edges = [...bounds, Infinity];
  return edges.map((edge, i) => ({
    below: edge === Infinity ? null : edge,
    count: values.filter((value) => value < edge && value >= (edges[i - 1] ?? -Infinity)).length,
  }));
}

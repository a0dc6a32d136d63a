import type { Percentiles, Statistics } from './statistics.ts'

/** The statistics as Prometheus reads them. */
export function toPrometheus(statistics: Statistics): string {
  const { exact, semantic, misses, guarded, stale, coalesced, errors, saved } = statistics
  const lookups = Object.entries({ exact, semantic, miss: misses })
  const counts = Object.entries({ guarded, stale, coalesced, errors, saved })
  return [
    '# TYPE semantic_cache_lookups_total counter',
    ...lookups.map(([result, count]) => `semantic_cache_lookups_total{result="${result}"} ${count}`),
    ...counts.flatMap(([name, count]) => [
      `# TYPE semantic_cache_${name}_total counter`,
      `semantic_cache_${name}_total ${count}`,
    ]),
    ...quantiles('lookup_milliseconds', statistics.milliseconds),
    ...quantiles('nearest_similarity', statistics.nearest),
    '',
  ].join('\n')
}

const quantiles = (name: string, percentiles: Percentiles | null) => [
  `# TYPE semantic_cache_${name} gauge`,
  ...Object.entries(percentiles ?? {}).map(
    ([name_, value]) => `semantic_cache_${name}{quantile="0.${name_.slice(1)}"} ${value}`,
  ),
]

import { keyOf } from './inventory';
import type { RestorePlan } from './restorePlan';
import { afterwardsTexts, notRestoredTexts } from './restorePlanText';
import { rfc3339 } from './timeText';

/** The plan for programs: plain data, instants as RFC 3339 in UTC, sizes in bytes, lengths in seconds. */
export function restorePlanReport(plan: RestorePlan, hash: string, source: string): object {
  const { request, line, target, object, findings, checks, reads, creates, steps, durations } = plan;
  const time = (ms: number | undefined): string | null => (ms === undefined ? null : rfc3339(ms));
  return {
    hash,
    source,
    kubeblocks: line ?? null,
    way: request.way,
    target,
    backup: keyOf(request.backup),
    restoreTime: time(request.restoreTime),
    possible: findings.every(({ severity }) => severity !== 'error'),
    findings: findings.map(({ code, severity, message }) => ({ rule: code, severity, message })),
    checks: checks.map(({ code, verdict, message }) => ({ rule: code, verdict, message })),
    reads: {
      sources: reads.sources.map(({ backup, role, bytes, from, to }) => ({ backup: keyOf(backup), role, bytes: bytes ?? null, from: time(from), to: time(to) })),
      repositories: reads.repositories,
      totalBytes: reads.totalBytes ?? null,
      replaySeconds: reads.replayMs === undefined ? null : Math.round(reads.replayMs / 1000),
      encrypted: reads.encrypted,
    },
    creates: {
      objects: [{ kind: object.kind, name: object.metadata.name }, ...(object.kind === 'Cluster' ? [] : [{ kind: 'Cluster', name: target.name }])],
      components: creates.components,
      accounts: creates.accounts,
      restores: creates.restores ?? null,
      jobs: creates.jobs ?? null,
    },
    notRestored: notRestoredTexts(plan),
    steps,
    afterwards: afterwardsTexts(plan),
    expectedSeconds: durations.length === 0 ? null : Math.round(durations.reduce((sum, each) => sum + each, 0) / durations.length / 1000),
    manifests: [object],
  };
}

import { keyOf } from './inventory';
import type { RestorePlan } from './restorePlan';
import type { RestoreReads } from './restoreReads';
import type { VolumeRestorePlan } from './volumeRestorePlan';

/**
 * Everything that must not have changed between the plan that was read and the one that is started, as one text: what is
 * created, what is read and in which state, what was found. Not the time of day, not how far a log at work has come, not
 * the words.
 */
export function planFingerprint({ line, object, reads, creates, findings, notCarried }: RestorePlan): string {
  return canonical({
    line: line ?? null,
    object,
    ...read(reads),
    creates,
    findings: found(findings),
    notCarried,
  });
}

/** The same of a restore into volumes, whose claims must be the ones that were there. */
export function volumePlanFingerprint({ line, object, reads, claims, findings }: VolumeRestorePlan): string {
  return canonical({ line: line ?? null, object, ...read(reads), claims, findings: found(findings) });
}

function read({ sources, repositories }: RestoreReads): object {
  return {
    sources: sources.map(({ backup, role }) => ({
      key: keyOf(backup),
      uid: backup.metadata.uid ?? null,
      role,
      deleting: backup.metadata.deletionTimestamp !== undefined,
      ...(role === 'log' ? {} : { phase: backup.status?.phase ?? null, ended: backup.status?.completionTimestamp ?? null }),
    })),
    repositories,
  };
}

function found(findings: RestorePlan['findings']): readonly string[] {
  return findings.map(({ code, severity }) => `${severity} ${code}`).sort();
}

/** JSON with sorted keys and without what is undefined, so that equal plans give equal texts. */
function canonical(value: unknown): string {
  if (Array.isArray(value)) {
    return `[${value.map(canonical).join(',')}]`;
  }
  if (typeof value !== 'object' || value === null) {
    return JSON.stringify(value ?? null);
  }
  const entries = Object.entries(value).filter(([, item]) => item !== undefined);
  return `{${entries.sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, item]) => `${JSON.stringify(key)}:${canonical(item)}`).join(',')}}`;
}

export type Severity = 'error' | 'warning' | 'info' | 'hint';

/** What is to be said about objects: of a plan, or of a manifest (`src/manifest/manifestFinding.ts`), which adds its place. */
export interface Finding {
  readonly severity: Severity;
  /** Stable id of the rule. */
  readonly code: string;
  /** Whole sentences: what is wrong, and what comes of it. */
  readonly message: string;
}

/** What a plan has to say about itself. An error keeps it from being submitted. */
export interface PlanFinding extends Finding {
  readonly severity: 'error' | 'warning' | 'info';
  /** The input it is about; a prompt shows it there. */
  readonly field?: 'name' | 'namespace' | 'method' | 'retentionPeriod' | 'deletionPolicy' | 'parameters' | 'parent' | 'cronExpression' | 'time' | 'backup' | 'way' | 'provider' | 'accessMethod' | 'pathPrefix' | 'capacity' | 'isDefault' | 'components';
}

export function hasErrors(findings: readonly Finding[]): boolean {
  return findings.some(({ severity }) => severity === 'error');
}

/** What a plan has to say about itself. An error keeps it from being submitted. */
export interface PlanFinding {
  readonly severity: 'error' | 'warning' | 'info';
  /** Stable id of the rule. */
  readonly code: string;
  /** The input it is about; a prompt shows it there. */
  readonly field?: 'name' | 'namespace' | 'method' | 'retentionPeriod' | 'deletionPolicy' | 'parameters' | 'parent' | 'time' | 'backup' | 'way';
  /** A whole sentence. */
  readonly message: string;
}

export function hasErrors(findings: readonly PlanFinding[]): boolean {
  return findings.some(({ severity }) => severity === 'error');
}

import type { PlannedRestore } from '../../kubeblocks/plannedRestore';
import { RIGHTS } from '../../kubeblocks/restoreChecks';

/** What may not be created, the server says itself when it is tried, and with it which right to ask for. */
export function withoutForbidden<P extends PlannedRestore>(plan: P): P {
  return { ...plan, findings: plan.findings.map((finding) => (finding.code === RIGHTS ? { ...finding, severity: 'warning' } : finding)) };
}

import type { PlanFinding } from '../../kubeblocks/finding';
import type { CliProcess } from '../cliProcess';

/** Beside a manifest that goes to another program, findings go to the person. */
export function sayFindings(findings: readonly PlanFinding[], { stderr }: CliProcess): void {
  for (const { severity, code, message } of findings) stderr.write(`${severity}: ${message} (${code})\n`);
}

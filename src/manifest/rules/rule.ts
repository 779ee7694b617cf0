import type { Severity } from '../../kubeblocks/finding';
import type { KubeBlocksLine } from '../../kubeblocks/kinds';
import type { RuleContext } from './ruleContext';

/**
 * What a rule is, besides what it finds. One file a rule; `registry.ts` lists them. Its doc comment says with `@see` what
 * shows that KubeBlocks behaves so: its file, or a thread, or a run, one at least.
 */
export interface Rule {
  /** `KB-` and a letter for its field (docs/rules/README.md lists them), and a number that is never used again. */
  readonly code: `KB-${string}`;
  /** Where no setting says otherwise. */
  readonly severity: Severity;
  /** A noun phrase for lists of rules and SARIF: `Method that the policy does not have`. */
  readonly title: string;
  /** The lines on which it holds. */
  readonly lines: readonly KubeBlocksLine[];
  /** The kinds it is asked about; it is called for no others. */
  readonly kinds: readonly string[];
  readonly check: (context: RuleContext) => void;
}

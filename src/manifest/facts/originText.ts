import * as l10n from '@vscode/l10n';
import type { Origin } from './facts';

/** Where something is known from, as the end of a sentence: `in kind-prod`. */
export function originText(origin: Origin): string {
  switch (origin.kind) {
    case 'file':
      return l10n.t('in this file');
    case 'workspace':
      return l10n.t('in {0}', origin.name);
    case 'cluster':
      return l10n.t('in cluster {0}', origin.name);
  }
}

import * as l10n from '@vscode/l10n';
import { LINES } from '../../kubeblocks/kinds';
import { ANNOTATIONS } from '../../kubeblocks/labels';
import type { BackupRepo } from '../../kubeblocks/objects';
import { isDefaultRepository } from '../../kubeblocks/repositoryState';
import { asChoices } from '../asChoices';
import { originText } from '../facts/originText';
import type { Rule } from './rule';

/** @see controllers/dataprotection/utils.go: "multiple default BackupRepo found, both %s and %s are default" */
export const repositoryDefaults: Rule = {
  code: 'KB-R008',
  severity: 'warning',
  title: 'Second default repository',
  lines: LINES,
  kinds: ['BackupRepo'],
  check(context) {
    const field = context.annotation(ANNOTATIONS.defaultRepo);
    if (field.text !== 'true') return;
    // Files of a workspace may be meant for several clusters.
    const other = context.all('BackupRepo').facts.find(({ object, origin }) => origin.kind !== 'workspace' && object.metadata.name !== context.object.name && isDefaultRepository(object as BackupRepo));
    if (other === undefined) return;
    context.report(field, l10n.t('Repository {0} {1} is the default already: with two that are Ready, every backup whose policy names none fails.', other.object.metadata.name, originText(other.origin)), {
      fixes: asChoices(context.changesTo(field, ['false'])),
      related: context.related(other, ['metadata', 'annotations', ANNOTATIONS.defaultRepo], l10n.t('The other default repository')),
    });
  },
};

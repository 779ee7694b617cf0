import * as l10n from '@vscode/l10n';
import { isDefaultRepository, repositoryState } from '../../kubeblocks/repositoryState';
import { changeDefaultRepository } from '../../operations/changeDefaultRepository';
import { Cancelled } from '../commandError';
import { agreeToChange } from './agreeToChange';
import { simple, type Command } from './command';
import { notify } from './notify';
import { pickRepository, requireInventory } from './pickObject';
import { requireOperations } from './requireOperations';

/** Sends backups that name no repository here. */
export const setDefaultRepository: Command = command(() => l10n.t('Set as Default Repository'), true);

/** Sends them nowhere, until another one is the default. */
export const unsetDefaultRepository: Command = command(() => l10n.t('Unset Default Repository'), false);

function command(title: () => string, isDefault: boolean): Command {
  return simple(async (app, { ref }) => {
    const { context } = await requireInventory(app, ['repos']);
    app.contextRules.requireChangeable(context);
    const { name } = ref?.kind === 'backupRepo' ? ref : await pickRepository(app, title(), (repo) => isDefaultRepository(repo) !== isDefault && repositoryState(repo) !== 'deleting');
    if ((await agreeToChange(app, context, title())).kind !== 'value') {
      throw new Cancelled();
    }
    await app.contextRules.change(context, () => changeDefaultRepository(requireOperations(app, context), name, isDefault));
    const message = isDefault ? l10n.t('Backups that name no repository go to {0} from now on.', name) : l10n.t('{0} is the default no more. Until another repository is, backups that name none fail.', name);
    notify(app, 'info', message, []);
  });
}

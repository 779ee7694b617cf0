import * as l10n from '@vscode/l10n';
import { LINES } from '../../kubeblocks/kinds';
import type { Field } from '../field';
import { nearestName } from '../nearestName';
import { secretKeys } from '../secretKeys';
import type { StorageParameter, StorageProviderShape } from '../storageProviders';
import { repositoryProvider } from './repositoryProvider';
import type { Rule } from './rule';
import type { RuleContext } from './ruleContext';

/**
 * @see controllers/dataprotection/backuprepo_controller.go: "TODO: verify parameters"; the pre-check fails, or the setting is ignored
 * @see deploy/helm/templates/storageprovider: parametersSchema of each provider
 */
export const repositoryParameters: Rule = {
  code: 'KB-O001',
  severity: 'error',
  title: 'Repository whose settings do not fit its storage provider',
  lines: LINES,
  kinds: ['BackupRepo'],
  check(context) {
    const provider = repositoryProvider(context);
    if (provider === undefined) return;
    const config = context.spec.at('config');
    for (const { field } of config.entries) checkParameter(field, provider, context);
    checkMissing(config, provider, context);
  },
};

function checkParameter(field: Field, provider: StorageProviderShape, context: RuleContext): void {
  const { key } = field;
  const ref = context.spec.at('storageProviderRef').text ?? '';
  const parameter = Object.hasOwn(provider.parameters, key) ? provider.parameters[key] : undefined;
  if (parameter === undefined) {
    const nearest = nearestName(key, Object.keys(provider.parameters));
    const names = Object.keys(provider.parameters).filter((name) => !provider.credentialFields.includes(name));
    const message =
      nearest === undefined
        ? l10n.t('Storage provider {0} has no parameter {1} (it has {2}): KubeBlocks ignores it without a word.', ref, key, names.join(', '))
        : l10n.t('Storage provider {0} has no parameter {1}; did you mean {2}? KubeBlocks ignores it without a word.', ref, key, nearest);
    const rename = nearest === undefined ? [] : [{ title: l10n.t('Rename to {0}', nearest), edits: [{ kind: 'renameKey', object: context.object, path: field.path, key: nearest } as const] }];
    context.report(field, message, { part: 'key', fixes: rename });
  } else if (provider.credentialFields.includes(key)) {
    context.report(field, l10n.t('{0} is a credential: here everybody who may read the repository reads it. Put it into the Secret that spec.credential names.', key), { part: 'key', severity: 'warning' });
  } else {
    checkValue(field, parameter, context);
  }
}

function checkValue(field: Field, { type, enum: allowed }: StorageParameter, context: RuleContext): void {
  const { text } = field;
  if (text === undefined || text === '') return;
  const message =
    type === 'boolean' && !/^(?:1|t|T|TRUE|true|True|0|f|F|FALSE|false|False)$/.test(text)
      ? l10n.t('"{0}" is neither true nor false: the pre-check of the repository fails.', text)
      : type === 'integer' && !/^[+-]?\d+$/.test(text)
        ? l10n.t('"{0}" is no whole number: the pre-check of the repository fails.', text)
        : allowed !== undefined && !allowed.map(String).includes(text)
          ? l10n.t('"{0}" is not allowed: the storage provider takes {1}.', text, allowed.join(', '))
          : undefined;
  if (message !== undefined) context.report(field, message);
}

/** Required ones may come from the Secret, whose keys are often unknown: only what cannot be there, or is seen not to be, is missing. */
function checkMissing(config: Field, provider: StorageProviderShape, context: RuleContext): void {
  const secret = credentialKeys(context);
  for (const name of provider.required) {
    if (config.at(name).isWritten || secret === 'unknown' || secret.has(name)) continue;
    const isCredential = provider.credentialFields.includes(name);
    const message = isCredential
      ? l10n.t('Storage provider {0} needs {1}, which belongs into the Secret of spec.credential: the pre-check of the repository fails without it.', context.spec.at('storageProviderRef').text ?? '', name)
      : l10n.t('Storage provider {0} needs {1}: the pre-check of the repository fails without it.', context.spec.at('storageProviderRef').text ?? '', name);
    context.report(isCredential ? context.spec.at('credential') : config, message, { part: 'key' });
  }
}

function credentialKeys(context: RuleContext): ReadonlySet<string> | 'unknown' {
  const credential = context.spec.at('credential');
  if (!credential.isWritten) return new Set();
  const name = credential.at('name').text;
  const secret = name === undefined ? undefined : context.find('Secret', name, credential.at('namespace').text);
  return secret === undefined ? 'unknown' : new Set(secretKeys(secret.object));
}

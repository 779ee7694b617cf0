import type { StorageProviderShape } from '../storageProviders';
import type { RuleContext } from './ruleContext';

/** The provider that a BackupRepo would meet is one of its own file, or of the cluster; else the one this line brings. */
export function repositoryProvider(context: RuleContext): StorageProviderShape | undefined {
  const name = context.spec.at('storageProviderRef').text;
  if (name === undefined || context.find('StorageProvider', name)?.origin.kind === 'file') return undefined;
  return Object.hasOwn(context.dialect.storageProviders, name) ? context.dialect.storageProviders[name] : undefined;
}

import type { Cause } from './diagnosis';
import type { RepositoryParameter } from './storageProviderOptions';

/** Where the settings that a cause points at stand, best first; the names are those of the shipped providers. */
const FIELDS: Readonly<Record<string, readonly string[]>> = {
  bucketMissing: ['bucket', 'container'],
  bucketCheck: ['noCheckBucket', 'noCheckContainer', 'bucket'],
  region: ['region'],
  storageUnreachable: ['endpoint', 'ftpHost', 'nfsServer', 'region'],
  writeRefused: ['accessMode', 'storageClassName'],
};

/** The setting that most likely has to be corrected after a failed pre-check; undefined where nothing points at one. */
export function suspectParameter(causes: readonly Cause[], parameters: readonly RepositoryParameter[]): string | undefined {
  for (const { code } of causes) {
    const named = FIELDS[code]?.find((field) => parameters.some(({ name }) => name === field));
    const found = code === 'credentials' || code === 'credentialSecret' ? parameters.find(({ secret }) => secret)?.name : named;
    if (found !== undefined) {
      return found;
    }
  }
  return undefined;
}

import * as l10n from '@vscode/l10n';
import type { KubeObject } from '../../kubeblocks/objects';
import { secretKeys } from '../secretKeys';
import { ageText, untilText, type TimeContext } from '../../kubeblocks/timeText';

/** What a cluster says of an object, a sentence each, and the keys of a Secret; else empty for what is only written down. */
export function objectState(object: KubeObject, time: TimeContext): readonly string[] {
  const { phase, completionTimestamp, expiration, totalSize, conditions } = statusOf(object);
  const ended = typeof completionTimestamp === 'string' ? Date.parse(completionTimestamp) : NaN;
  const expires = typeof expiration === 'string' ? Date.parse(expiration) : NaN;
  const lines: (string | undefined)[] = [
    ...(object.kind === 'Secret' ? secretText(object) : []),
    typeof phase === 'string' ? l10n.t('Phase: {0}', phase) : undefined,
    Number.isNaN(ended) ? undefined : l10n.t('Completed: {0}', ageText(ended, time)),
    typeof totalSize === 'string' && totalSize !== '' ? l10n.t('Size: {0}', totalSize) : undefined,
    Number.isNaN(expires) ? undefined : l10n.t('Expires: {0}', untilText(expires, time)),
    ...faults(conditions),
  ];
  return lines.filter((line) => line !== undefined);
}

function secretText(secret: KubeObject): readonly string[] {
  const keys = secretKeys(secret);
  const { type } = secret as { readonly type?: unknown };
  return [...(typeof type === 'string' ? [l10n.t('Type: {0}', type)] : []), ...(keys.length > 0 ? [l10n.t('Keys: {0}', keys.join(', '))] : [])];
}

function faults(conditions: unknown): readonly string[] {
  if (!Array.isArray(conditions)) return [];
  return conditions.flatMap((condition: unknown) => {
    const { type, status, message } = (condition ?? {}) as { readonly type?: unknown; readonly status?: unknown; readonly message?: unknown };
    return status === 'False' && typeof type === 'string' && typeof message === 'string' && message !== '' ? [`${type}: ${message}`] : [];
  });
}

function statusOf(object: KubeObject): Readonly<Record<string, unknown>> {
  const { status } = object as { readonly status?: unknown };
  return typeof status === 'object' && status !== null ? (status as Readonly<Record<string, unknown>>) : {};
}

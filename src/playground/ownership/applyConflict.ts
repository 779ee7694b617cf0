import { StatusError } from '../world';
import type { Conflict } from './applyOwners';
import type { Owner } from './managers';

/** 409 that names each field and whose it is (`managedfields/internal/conflict.go`). */
export function applyConflict(conflicts: readonly Conflict[]): StatusError {
  return new StatusError(409, 'Conflict', messageOf(conflicts), {
    causes: conflicts.map(({ owner, path }) => ({ reason: 'FieldManagerConflict', message: `conflict with ${ownerText(owner)}`, field: path })),
  });
}

function messageOf(conflicts: readonly Conflict[]): string {
  const [first] = conflicts;
  if (first !== undefined && conflicts.length === 1) return `Apply failed with 1 conflict: conflict with ${ownerText(first.owner)}: ${first.path}`;
  const owners = [...new Set(conflicts.map(({ owner }) => owner))].sort((a, b) => (ownerText(a) < ownerText(b) ? -1 : 1));
  const lines = owners.flatMap((owner) => [
    `conflicts with ${ownerText(owner)}:`,
    ...conflicts.filter((conflict) => conflict.owner === owner).map(({ path }) => `- ${path}`),
  ]);
  return `Apply failed with ${conflicts.length} conflicts: ${lines.join('\n')}`;
}

function ownerText({ manager, operation, apiVersion, subresource }: Owner): string {
  const name = JSON.stringify(manager) + (subresource === '' ? '' : ` with subresource ${JSON.stringify(subresource)}`);
  return operation === 'Update' ? `${name} using ${apiVersion}` : name;
}

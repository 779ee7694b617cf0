import type { ManifestFile } from '../manifestFile';
import { actionParameterValues } from './actionParameterValues';
import { allowedValues } from './allowedValues';
import type { AssistContext } from './assistContext';
import { cronValues, isCronField, isRetentionField, retentionValues } from './timeValues';
import { kindValues } from './kindValues';
import { methodValues } from './methodValues';
import { namespaceOf, referenceAt } from './objectReferences';
import { objectValues } from './objectValues';
import { schemaOfField } from './schemaOfField';
import { secretKeyValues } from './secretValues';
import { parameterValues } from './parameterValues';
import { siblingValues } from './siblingValues';
import type { Suggestion } from './suggestion';
import type { Typed } from './typedAt';
import { surroundingsOf } from './surroundingsOf';

/** Values that fit where one is being written, the likeliest first; none where nothing is known. */
export function valuesAt(typed: Typed, file: ManifestFile, context: AssistContext): readonly Suggestion[] {
  const { object, path } = typed;
  if (path.length === 1 && (path[0] === 'apiVersion' || path[0] === 'kind')) return kindValues(typed, context.dialect);
  if (object === undefined) return [];
  const around = surroundingsOf(file, context.facts);
  const schema = schemaOfField(context.dialect, object.apiVersion, object.kind, path);
  if (schema === undefined) return [];
  if (schema.type === 'boolean') return [true, false].map((value) => ({ value, kind: 'value' as const, ...(schema.default === value && { detail: 'default' }) }));
  const allowed = allowedValues(schema);
  if (allowed !== undefined) return allowed.filter(isPlain).map((value) => ({ value, kind: 'enum' as const, ...(schema.default === value && { detail: 'default' }) }));
  const reference = referenceAt(object.kind, path);
  if (reference !== undefined) return objectValues(reference.to, around.all(reference.to, namespaceOf(reference, object, path)), object, context);
  if (isCronField(path)) return cronValues(context);
  if (isRetentionField(path)) return retentionValues();
  return [...methodValues(typed, around, context.dialect.line), ...secretKeyValues(typed, around), ...parameterValues(typed, around, context.dialect), ...siblingValues(typed, around), ...actionParameterValues(typed, around)];
}

function isPlain(value: unknown): value is string | number | boolean {
  return typeof value === 'string' ? value !== '' : typeof value === 'number' || typeof value === 'boolean';
}

import * as l10n from '@vscode/l10n';
import type { StructuralSchema } from '../../kubeblocks/schema/crd';
import type { ManifestFile } from '../manifestFile';
import type { Path } from '../manifestPath';
import { WRITTEN_METADATA } from '../schema/metadataSchema';
import { RESTORE_ANNOTATION } from '../rules/restoreAnnotation';
import { restoreParameterKeys } from './actionParameterValues';
import type { AssistContext } from './assistContext';
import { providerOf } from './parameterValues';
import { schemaOfField } from './schemaOfField';
import type { Typed } from './typedAt';
import { surroundingsOf } from './surroundingsOf';

/** A key that fits where one is being written. */
export interface KeySuggestion {
  readonly key: string;
  readonly path: Path;
  readonly schema: StructuralSchema;
  readonly isRequired: boolean;
  readonly detail?: string;
}

/** Keys that the map at the cursor may have and does not have yet, required ones first. */
export function keysAt({ object, path, siblings }: Typed, file: ManifestFile, context: AssistContext): readonly KeySuggestion[] {
  if (object === undefined) return path.length === 0 ? keysOfNothing(siblings) : [];
  const schema = mapSchema(schemaOfField(context.dialect, object.apiVersion, object.kind, path));
  const given = new Set(siblings);
  const keys = [...keysOf(schema, path), ...freeKeys({ object, path }, file, context)];
  return keys.filter(({ key }) => !given.has(key)).sort((a, b) => Number(b.isRequired) - Number(a.isRequired));
}

/** Of a list, what its items are: a first key makes the first item. */
function mapSchema(schema: StructuralSchema | undefined): StructuralSchema | undefined {
  return schema?.type === 'array' ? schema.items : schema;
}

function keysOf(schema: StructuralSchema | undefined, path: Path): readonly KeySuggestion[] {
  const required = new Set(schema?.required ?? []);
  const names = path.length === 1 && path[0] === 'metadata' ? WRITTEN_METADATA : Object.keys(schema?.properties ?? {});
  return names.flatMap((key) => {
    const field = schema?.properties?.[key];
    if (field === undefined || (path.length === 0 && key === 'status')) return [];
    const isRequired = (required.has(key) && field.default === undefined) || (path.length === 0 && ['apiVersion', 'kind', 'metadata', 'spec'].includes(key)) || (path[0] === 'metadata' && key === 'name');
    return [{ key, path: [...path, key], schema: field, isRequired }];
  });
}

const HEAD = ['apiVersion', 'kind', 'metadata', 'spec'];

function keysOfNothing(siblings: readonly string[]): readonly KeySuggestion[] {
  return HEAD.filter((key) => !siblings.includes(key)).map((key) => ({ key, path: [key], schema: { type: key === 'metadata' || key === 'spec' ? 'object' : 'string' }, isRequired: true }));
}

const TEXT: StructuralSchema = { type: 'string' };

/** Keys of maps whose schema lets them be anything. */
function freeKeys({ object, path }: { readonly object: NonNullable<Typed['object']>; readonly path: Path }, file: ManifestFile, context: AssistContext): readonly KeySuggestion[] {
  if (object.kind === 'BackupRepo' && path.length === 2 && path[1] === 'config') {
    const provider = providerOf(object, surroundingsOf(file, context.facts), context.dialect);
    const names = Object.keys(provider?.parameters ?? {}).filter((key) => provider?.credentialFields.includes(key) !== true);
    return names.map((key) => ({ key, path: [...path, key], schema: TEXT, isRequired: provider?.required.includes(key) === true, detail: provider?.parameters[key]?.type ?? '' }));
  }
  if (path.length === 2 && path[1] === 'annotations' && object.kind === 'Cluster' && context.dialect.line !== '1.2') {
    return [{ key: RESTORE_ANNOTATION, path: [...path, RESTORE_ANNOTATION], schema: TEXT, isRequired: false, detail: l10n.t('restores backups into this new cluster') }];
  }
  if (path.length === 3 && path[1] === 'restore' && path[2] === 'parameters' && object.kind === 'Cluster') {
    return restoreParameterKeys(object, surroundingsOf(file, context.facts)).map(({ name, detail }) => ({ key: name, path: [...path, name], schema: TEXT, isRequired: false, detail }));
  }
  return [];
}

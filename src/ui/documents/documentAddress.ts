import { isObjectRef, type ObjectRef } from '../objectRef';

export const SCHEME = 'kubeblocks-backup';

export type DocumentForm = 'yaml' | 'describe' | 'diagnosis' | 'window' | 'lineage';

/** What a read-only document shows: an object in one of its forms, the engine matrix of whatever is connected, or a text handed over for preview. */
export type DocumentAddress =
  | { readonly form: DocumentForm; readonly context: string; readonly ref: ObjectRef }
  | { readonly form: 'engines' }
  | { readonly form: 'preview'; readonly name: string };

const EXTENSIONS: Readonly<Record<DocumentForm, string>> = { yaml: 'yaml', describe: 'md', diagnosis: 'md', window: 'md', lineage: 'md' };
/** Behind the object's name in the editor's title. */
const SUFFIXES: Readonly<Partial<Record<DocumentForm, string>>> = { diagnosis: ' (diagnosis)', window: ' (recovery window)', lineage: ' (lineage)' };

/** The path a document of ours has, whose last part is the editor's title; and its query. */
export function addressParts(address: DocumentAddress): { readonly path: string; readonly query: string } {
  if (address.form === 'preview') {
    return { path: `/preview/${address.name}`, query: JSON.stringify(address) };
  }
  if (address.form === 'engines') {
    return { path: '/engines/Engine Matrix.md', query: JSON.stringify(address) };
  }
  const { context, ref, form } = address;
  const folders = [context, ref.namespace ?? '', ref.kind].map(encodeURIComponent).join('/');
  return { path: `/${folders}/${ref.name}${SUFFIXES[form] ?? ''}.${EXTENSIONS[form]}`, query: JSON.stringify(address) };
}

/** Whether an editor's title is that of a diagnosis, as text or as VS Code's preview of it. */
export function isDiagnosisTitle(title: string): boolean {
  return title.endsWith(`${SUFFIXES.diagnosis ?? ''}.${EXTENSIONS.diagnosis}`);
}

/** The address in a query made by `addressParts`; undefined for anything else. */
export function parseAddress(query: string): DocumentAddress | undefined {
  let value: unknown;
  try {
    value = JSON.parse(query);
  } catch {
    return undefined;
  }
  const { form, context, ref, name } = (value ?? {}) as Record<string, unknown>;
  if (form === 'preview') {
    return typeof name === 'string' ? { form, name } : undefined;
  }
  if (form === 'engines') {
    return { form };
  }
  const known = typeof form === 'string' && Object.hasOwn(EXTENSIONS, form);
  return known && typeof context === 'string' && isObjectRef(ref) ? { form: form as DocumentForm, context, ref } : undefined;
}

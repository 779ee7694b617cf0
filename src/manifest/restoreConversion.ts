import { ANNOTATIONS } from '../kubeblocks/labels';
import { rootField, type Field } from './field';
import type { Fix, FixEdit } from './fix';
import type { ManifestObject } from './manifestObject';

const PREFIX = 'dataprotection.kubeblocks.io/';

/** Settings of an annotation's entry, and the parameters of `spec.restore` that mean the same. */
const SETTINGS: readonly (readonly [setting: string, parameter: string])[] = [
  ['volumeRestorePolicy', `${PREFIX}volume-restore-policy`],
  ['restoreEnv', `${PREFIX}restore-env`],
  ['doReadyRestoreAfterClusterRunning', `${PREFIX}defer-post-ready-until-cluster-running`],
];

/** Settings of an entry that 1.2 takes from the backup itself (the volume populator makes the Secrets of the accounts before it restores data). */
const OF_THE_BACKUP: ReadonlySet<string> = new Set(['encryptedSystemAccounts']);

/** The annotation of up to 1.1 as `spec.restore` of 1.2; none where its components come from different backups, or it says more than `spec.restore` can. */
export function annotationToSpec(object: ManifestObject, title: string): readonly Fix[] {
  const root = rootField(object.root);
  const annotations = root.at('metadata', 'annotations');
  const entries = entriesOf(annotations.at(ANNOTATIONS.restoreFromBackup).text);
  const [first, ...others] = entries;
  if (first === undefined || root.at('spec', 'restore').isWritten || others.some(([, entry]) => JSON.stringify(entry) !== JSON.stringify(first[1]))) return [];
  const { name, namespace, restoreTime, ...settings } = first[1];
  const known = new Map(SETTINGS);
  if (name === undefined || Object.keys(settings).some((key) => !known.has(key))) return [];
  const parameters = Object.fromEntries([
    ...Object.entries(settings).map(([key, value]) => [known.get(key) ?? key, value] as const),
    ...(others.length === 0 ? [[`${PREFIX}source-target-name`, first[0]] as const] : []),
  ]);
  const restore = {
    source: { apiGroup: 'dataprotection.kubeblocks.io', kind: 'Backup', name, ...(namespace !== undefined && { namespace }) },
    ...(restoreTime !== undefined && { pitr: restoreTime }),
    ...(Object.keys(parameters).length > 0 && { parameters }),
  };
  const isLast = annotations.entries.length === 1;
  const remove: FixEdit = { kind: 'remove', object, path: isLast ? annotations.path : [...annotations.path, ANNOTATIONS.restoreFromBackup] };
  return [{ title, edits: [remove, { kind: 'insert', object, path: ['spec'], key: 'restore', value: restore }] }];
}

/** `spec.restore` of 1.2 as the annotation of older lines; none where it cannot be told which component the backup is of. */
export function specToAnnotation(object: ManifestObject, title: string): readonly Fix[] {
  const root = rootField(object.root);
  const restore = root.at('spec', 'restore');
  const names = ['componentSpecs', 'shardings'].flatMap((list) => root.at('spec', list).items.flatMap((item) => item.at('name').text ?? []));
  const [component, ...more] = names;
  const name = restore.at('source', 'name').text;
  const namespace = restore.at('source', 'namespace').text ?? object.namespace;
  const annotations = root.at('metadata', 'annotations');
  if (component === undefined || more.length > 0 || name === undefined || namespace === undefined || annotations.at(ANNOTATIONS.restoreFromBackup).isWritten) return [];
  const time = restore.at('pitr').text;
  const settings = SETTINGS.flatMap(([setting, parameter]) => textEntry(setting, restore.at('parameters', parameter)));
  const entry = { name, namespace, ...(time !== undefined && { restoreTime: time }), ...Object.fromEntries(settings) };
  const value = JSON.stringify({ [component]: entry });
  const insert: FixEdit = annotations.isWritten
    ? { kind: 'insert', object, path: annotations.path, key: ANNOTATIONS.restoreFromBackup, value }
    : { kind: 'insert', object, path: ['metadata'], key: 'annotations', value: { [ANNOTATIONS.restoreFromBackup]: value } };
  return [{ title, edits: [{ kind: 'remove', object, path: restore.path }, insert] }];
}

function textEntry(key: string, { text }: Field): readonly (readonly [string, string])[] {
  return text === undefined ? [] : [[key, text]];
}

type Entry = Readonly<Record<string, string>>;

function entriesOf(text: string | undefined): readonly (readonly [string, Entry])[] {
  let value: unknown;
  try {
    value = JSON.parse(text ?? '');
  } catch {
    return [];
  }
  const entries = typeof value === 'object' && value !== null && !Array.isArray(value) ? Object.entries(value as Record<string, unknown>) : [];
  if (!entries.every((entry): entry is [string, Entry] => isEntry(entry[1]))) return [];
  return entries.map(([component, entry]) => [component, Object.fromEntries(Object.entries(entry).filter(([key]) => !OF_THE_BACKUP.has(key)))]);
}

function isEntry(value: unknown): value is Entry {
  return typeof value === 'object' && value !== null && Object.values(value).every((each) => typeof each === 'string');
}

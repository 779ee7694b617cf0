import * as path from 'node:path';
import { parseDocument } from 'yaml';
import * as l10n from '@vscode/l10n';
import { isObject, listIn, objectIn, stringIn, type JsonObject } from './jsonReading';

/** The named entries of one kubeconfig file, with absolute paths. Entries without a name are left out. */
export interface KubeconfigDocument {
  readonly clusters: readonly NamedEntry[];
  readonly users: readonly NamedEntry[];
  readonly contexts: readonly NamedEntry[];
  readonly current: string | undefined;
}

export interface NamedEntry {
  readonly name: string;
  /** Field names as the file spells them. */
  readonly value: JsonObject;
}

/** Fields that hold a path relative to the file (`clientcmd.ResolveLocalPaths`). */
const PATHS = {
  clusters: ['certificate-authority'],
  users: ['client-certificate', 'client-key', 'tokenFile'],
} as const;

/** Reads one file's text. Throws an `Error` whose message quotes nothing of the file: it may hold credentials. */
export function readKubeconfigDocument(text: string, file: string): KubeconfigDocument {
  const document = parseDocument(text, { prettyErrors: true, logLevel: 'silent' });
  const [problem] = document.errors;
  if (problem !== undefined) {
    throw new Error(l10n.t('line {0} is not valid YAML ({1})', problem.linePos?.[0].line ?? 1, problem.code));
  }
  const content: unknown = document.toJS({ maxAliasCount: 100 });
  if (content !== null && content !== undefined && !isObject(content)) {
    throw new Error(l10n.t('it is not a kubeconfig'));
  }
  const directory = path.dirname(path.resolve(file));
  return {
    clusters: entries(content, 'clusters', 'cluster').map((entry) => absolute(entry, PATHS.clusters, directory)),
    users: entries(content, 'users', 'user').map((entry) => absoluteCommand(absolute(entry, PATHS.users, directory), directory)),
    contexts: entries(content, 'contexts', 'context'),
    current: stringIn(content, 'current-context'),
  };
}

/** The first file that names an entry, or the current context, wins: as kubectl merges them. */
export function mergeKubeconfigDocuments(documents: readonly KubeconfigDocument[]): KubeconfigDocument {
  const first = (lists: readonly (readonly NamedEntry[])[]): NamedEntry[] => {
    const byName = new Map<string, NamedEntry>();
    lists.flat().forEach((entry) => byName.has(entry.name) || byName.set(entry.name, entry));
    return [...byName.values()];
  };
  return {
    clusters: first(documents.map(({ clusters }) => clusters)),
    users: first(documents.map(({ users }) => users)),
    contexts: first(documents.map(({ contexts }) => contexts)),
    current: documents.map(({ current }) => current).find((current) => current !== undefined && current !== ''),
  };
}

function entries(content: unknown, list: string, field: string): NamedEntry[] {
  return listIn(content, list).flatMap((entry) => {
    const name = stringIn(entry, 'name');
    return name === undefined || name === '' ? [] : [{ name, value: objectIn(entry, field) }];
  });
}

function absolute(entry: NamedEntry, fields: readonly string[], directory: string): NamedEntry {
  const paths = fields.flatMap((field) => {
    const file = stringIn(entry.value, field);
    return file === undefined || file === '' ? [] : [[field, path.resolve(directory, file)] as const];
  });
  return paths.length === 0 ? entry : { name: entry.name, value: { ...entry.value, ...Object.fromEntries(paths) } };
}

/** A plugin named with a separator is relative to the file; a bare name is looked up on the PATH. */
function absoluteCommand(entry: NamedEntry, directory: string): NamedEntry {
  const exec = objectIn(entry.value, 'exec');
  const command = stringIn(exec, 'command');
  return command === undefined || !/[/\\]/.test(command)
    ? entry
    : { name: entry.name, value: { ...entry.value, exec: { ...exec, command: path.resolve(directory, command) } } };
}

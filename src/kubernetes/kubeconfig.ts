import { readFile } from 'node:fs/promises';
import * as l10n from '@vscode/l10n';
import { stringIn } from './jsonReading';
import type { KubeconfigFiles } from './kubeconfigFiles';
import {
  mergeKubeconfigDocuments,
  readKubeconfigDocument,
  type KubeconfigDocument,
  type NamedEntry,
} from './kubeconfigDocument';

export interface KubeconfigContext {
  readonly name: string;
  readonly cluster: string;
  readonly user: string;
  /** `default` where the context names none. */
  readonly namespace: string;
  /** Empty where the context's cluster is not defined. */
  readonly server: string;
  /** The server's certificate is not checked (`insecure-skip-tls-verify`). */
  readonly insecure: boolean;
}

export interface Kubeconfig {
  readonly contexts: readonly KubeconfigContext[];
  readonly current: string | undefined;
  /** Files that could not be read, each with why; the others were used all the same. */
  readonly problems: readonly { readonly file: string; readonly message: string }[];
  /** The merged entries, for the connection. */
  readonly document: KubeconfigDocument;
}

/** Reads and merges the files. Never rejects: what cannot be read is in `problems`. */
export async function readKubeconfig({ files, required }: KubeconfigFiles): Promise<Kubeconfig> {
  const read = await Promise.all(files.map((file) => readOne(file, required)));
  const document = mergeKubeconfigDocuments(read.flatMap((result) => result.document ?? []));
  return kubeconfigOf(document, read.flatMap((result) => result.problem ?? []));
}

export function kubeconfigOf(document: KubeconfigDocument, problems: Kubeconfig['problems']): Kubeconfig {
  const contexts = document.contexts.map((context) => describe(context, document));
  return { contexts, current: document.current, problems, document };
}

type ReadResult =
  | { readonly document: KubeconfigDocument; readonly problem?: undefined }
  | { readonly document?: undefined; readonly problem?: { readonly file: string; readonly message: string } };

async function readOne(file: string, required: boolean): Promise<ReadResult> {
  try {
    return { document: readKubeconfigDocument(await readFile(file, 'utf8'), file) };
  } catch (error) {
    const missing = stringIn(error, 'code') === 'ENOENT';
    return missing && !required ? {} : { problem: { file, message: problemText(file, error) } };
  }
}

function problemText(file: string, error: unknown): string {
  switch (stringIn(error, 'code')) {
    case 'ENOENT':
      return l10n.t('{0} cannot be read: there is no such file. Choose another kubeconfig.', file);
    case 'EACCES':
    case 'EPERM':
      return l10n.t('{0} cannot be read: you have no right to. Check the rights of the file.', file);
    case 'EISDIR':
      return l10n.t('{0} cannot be read: it is a folder. Choose a file in it.', file);
    default:
      return l10n.t('{0} cannot be read: {1}. Correct the file.', file, error instanceof Error ? error.message : String(error));
  }
}

function describe({ name, value }: NamedEntry, document: KubeconfigDocument): KubeconfigContext {
  const cluster = stringIn(value, 'cluster') ?? '';
  const found = document.clusters.find((entry) => entry.name === cluster)?.value;
  const namespace = stringIn(value, 'namespace') ?? '';
  return {
    name,
    cluster,
    user: stringIn(value, 'user') ?? '',
    namespace: namespace === '' ? 'default' : namespace,
    server: stringIn(found, 'server') ?? '',
    insecure: found?.['insecure-skip-tls-verify'] === true,
  };
}

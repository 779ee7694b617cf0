import type { KubeObject } from '../../kubeblocks/objects';
import type { ManifestFile } from '../manifestFile';
import { plainObject } from '../manifestObject';
import { byNamespace } from './byNamespace';
import type { Fact, FactKind, FactList, FactSource } from './facts';

export interface WorkspaceFile {
  /** As a person knows it. */
  readonly name: string;
  /** Names it in `RelatedPlace`. */
  readonly uri: string;
  readonly file: ManifestFile;
}

/** What the files of a workspace say of each other. Never complete: a cluster holds more than a repository. */
export function workspaceFacts(files: Iterable<WorkspaceFile>): FactSource {
  const byKind = new Map<string, Fact[]>();
  for (const { name, uri, file } of files) {
    for (const object of file.documents.flatMap(({ document }) => document.objects)) {
      if (object.name === undefined) continue;
      let plain: KubeObject | undefined;
      const fact: Fact = {
        get object() {
          return (plain ??= plainObject(object));
        },
        origin: { kind: 'workspace', name },
        written: { uri, object },
      };
      const same = byKind.get(object.kind);
      if (same === undefined) byKind.set(object.kind, [fact]);
      else same.push(fact);
    }
  }
  const known = new Map<string, FactList>();
  const visible = new Map([...byKind].map(([kind, facts]) => [kind, byNamespace(facts, ({ written }) => written?.object.namespace)]));
  return {
    origin: { kind: 'workspace', name: '' },
    list(kind: FactKind, namespace) {
      const key = `${kind} ${namespace ?? ''}`;
      const list = known.get(key) ?? { facts: visible.get(kind)?.(namespace) ?? [], complete: false };
      known.set(key, list);
      return list;
    },
  };
}

import type { KubeBlocksLine } from '../../kubeblocks/kinds';
import type { Dialect } from '../dialect';
import { dialectFromFiles } from '../dialectFromFiles';

/** Reads a file of `schemas/`. */
export type ReadSchema = (name: string) => Promise<unknown>;

/** The bundled dialect of each line, read when it is first asked for. One that could not be read is tried again. */
export function createDialects(read: ReadSchema): (line: KubeBlocksLine) => Promise<Dialect> {
  const known = new Map<KubeBlocksLine, Promise<Dialect>>();
  return (line) => {
    const before = known.get(line);
    if (before !== undefined) return before;
    const coming = load(line, read);
    known.set(line, coming);
    coming.catch(() => known.delete(line));
    return coming;
  };
}

async function load(line: KubeBlocksLine, read: ReadSchema): Promise<Dialect> {
  const [crds, nodes, storageProviders] = await Promise.all([read(`${line}.json`), read('nodes.json'), read('storageProviders.json')]);
  return dialectFromFiles(line, { crds, nodes, storageProviders });
}

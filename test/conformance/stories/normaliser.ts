import type { StoryLog } from './storyLog';

export interface NormaliserOptions {
  readonly namespace: string;
  readonly log: StoryLog;
}

/** Frees a text of what no two runs share: uids, times, made-up suffixes, images, the namespace. */
export function createNormaliser({ namespace, log }: NormaliserOptions): (text: string) => string {
  const uids = [...new Set(log.map(({ object }) => object.metadata.uid ?? ''))].filter((uid) => uid !== '');
  const beginnings = new Set(uids.map((uid) => uid.slice(0, 8)));
  return (text) =>
    text
      .replaceAll(namespace, 'STORY')
      .replace(/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g, 'UID')
      .replace(/\b[0-9a-f]{8}\b/g, (part) => (beginnings.has(part) ? 'UID8' : part))
      .replace(/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)/g, 'TIME')
      .replace(/\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(\.\d+)? \+0000 UTC/g, 'TIME')
      .replace(/\b20\d{12}\b/g, 'STAMP')
      .replace(/\b((?:tool-config|secret|sc|pvc|pre-check|restore)-[a-z0-9-]*?(?:object-store|volume-store|repo-STORY|s3-repo|s3-b|pvc-repo))-[a-z0-9]{6}\b/g, '$1-SUFFIX')
      .replace(/(Created (?:job|pod)|Deleted (?:job|pod)|deleted pod): (\S+)-[a-z0-9]{5}\b/g, '$1: $2-SUFFIX')
      .replace(/\b(?:[\w.-]+\/)+(kubeblocks-tools|datasafed):[\w.]+/g, 'IMAGE/$1')
      .replace(/\b(kubeblocks-tools|datasafed):[\w.]+/g, 'IMAGE/$1')
      // What kwok and the playground's kubelet say of a pod is no word of KubeBlocks.
      .replace(/(Events from|No events are available for) Pod\/[\s\S]*/, 'EVENTS')
      .replace(/^1[789]\d{8}$/, 'SECONDS')
      .replace(/^playground-node-0$/, 'node-0')
      .replace(/"resourceVersion":"\d+"/g, '"resourceVersion":"N"')
      .replace(/\b[0-9a-f]{32}\b/g, 'DIGEST');
}

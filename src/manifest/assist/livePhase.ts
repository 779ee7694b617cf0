import type { KubeObject } from '../../kubeblocks/objects';

/** The phase that a cluster gives an object, on one line and not too long; undefined where its status says none. */
export function livePhase(object: KubeObject): string | undefined {
  const { status } = object as { readonly status?: unknown };
  const phase = typeof status === 'object' && status !== null ? (status as { readonly phase?: unknown }).phase : undefined;
  return typeof phase === 'string' && phase !== '' ? phase.replace(/\s+/g, ' ').slice(0, LONGEST) : undefined;
}

const LONGEST = 40;

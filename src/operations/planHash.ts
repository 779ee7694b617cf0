import { planFingerprint } from '../kubeblocks/planFingerprint';
import type { RestorePlan } from '../kubeblocks/restorePlan';

/** Names a plan: the same for the same plan, wherever it is made. SHA-256, hexadecimal. */
export async function planHash(plan: RestorePlan): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(planFingerprint(plan)));
  return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** `7f3a…c2`, to tell two plans apart by eye. */
export function shortHash(hash: string): string {
  return `${hash.slice(0, 4)}…${hash.slice(-2)}`;
}

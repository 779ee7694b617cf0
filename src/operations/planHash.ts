/** Names a plan by its fingerprint: the same for the same plan, wherever it is made. SHA-256, hexadecimal. */
export async function planHash(fingerprint: string): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(fingerprint));
  return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

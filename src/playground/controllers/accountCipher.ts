import { createCipheriv, createDecipheriv, hkdfSync } from 'node:crypto';
import type { Random } from '../world';

/**
 * As the controllers encrypt passwords on a Backup: AES-256-GCM with a key from HKDF-SHA256, nonce and tag around it
 * (`pkg/controllerutil/encryption.go`). The key is no secret: every playground has the same, and its passwords open nothing.
 */
const KEY = Buffer.from(hkdfSync('sha256', 'kubeblocks-playground', '', '', 32));
const ALGORITHM = 'aes-256-gcm';
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** Base64 of nonce, ciphertext and tag. The nonce is seeded, so that the same seed gives the same text. */
export function encryptPassword(password: string, random: Random): string {
  const nonce = Buffer.from(Array.from({ length: NONCE_BYTES }, () => Math.floor(random.next() * 256)));
  const cipher = createCipheriv(ALGORITHM, KEY, nonce);
  return Buffer.concat([nonce, cipher.update(password, 'utf8'), cipher.final(), cipher.getAuthTag()]).toString('base64');
}

/** Undefined for what was not encrypted here, or was changed since. */
export function decryptPassword(ciphertext: string): string | undefined {
  const bytes = Buffer.from(ciphertext, 'base64');
  if (bytes.length < NONCE_BYTES + TAG_BYTES) return undefined;
  const decipher = createDecipheriv(ALGORITHM, KEY, bytes.subarray(0, NONCE_BYTES), { authTagLength: TAG_BYTES });
  decipher.setAuthTag(bytes.subarray(-TAG_BYTES));
  const text = decipher.update(bytes.subarray(NONCE_BYTES, -TAG_BYTES), undefined, 'utf8');
  try {
    return text + decipher.final('utf8');
  } catch {
    return undefined;
  }
}

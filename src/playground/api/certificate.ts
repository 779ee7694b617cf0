import { generateKeyPairSync, randomBytes, sign } from 'node:crypto';

export interface ServerCertificate {
  /** PEM. It signs itself, so it is also the authority that clients are given. */
  readonly certificate: string;
  /** PEM. Lives in memory only. */
  readonly key: string;
}

const VALID_FROM_MS = -24 * 3_600_000;
const VALID_TO_MS = 365 * 24 * 3_600_000;

/**
 * A certificate for 127.0.0.1, good for a year from `now` (real time, ms since the epoch). kubectl sends a token over TLS
 * alone, and Node makes keys and signatures but no certificates; this is the least X.509 (RFC 5280) that carries them.
 */
export function createCertificate(now: number): ServerCertificate {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const name = sequence(set(sequence(OID_COMMON_NAME, der(UTF8_STRING, Buffer.from('kubeblocks-playground')))));
  const unsigned = sequence(
    der(CONTEXT_0, VERSION_3),
    der(INTEGER, Buffer.concat([Buffer.from([1]), randomBytes(15)])),
    ECDSA_WITH_SHA256,
    name,
    sequence(utcTime(now + VALID_FROM_MS), utcTime(now + VALID_TO_MS)),
    name,
    publicKey.export({ type: 'spki', format: 'der' }),
    der(CONTEXT_3, sequence(IS_AUTHORITY, FOR_LOOPBACK)),
  );
  const signature = der(BIT_STRING, Buffer.concat([Buffer.from([0]), sign('sha256', unsigned, privateKey)]));
  return {
    certificate: pem(sequence(unsigned, ECDSA_WITH_SHA256, signature)),
    key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
  };
}

const BOOLEAN = 0x01;
const INTEGER = 0x02;
const BIT_STRING = 0x03;
const OCTET_STRING = 0x04;
const OBJECT_IDENTIFIER = 0x06;
const UTF8_STRING = 0x0c;
const UTC_TIME = 0x17;
const SEQUENCE = 0x30;
const SET = 0x31;
const DNS_NAME = 0x82;
const IP_ADDRESS = 0x87;
const CONTEXT_0 = 0xa0;
const CONTEXT_3 = 0xa3;

const TRUE = der(BOOLEAN, Buffer.from([0xff]));
const VERSION_3 = der(INTEGER, Buffer.from([2]));
const OID_COMMON_NAME = objectId('550403');
const ECDSA_WITH_SHA256 = sequence(objectId('2a8648ce3d040302'));
const IS_AUTHORITY = sequence(objectId('551d13'), TRUE, der(OCTET_STRING, sequence(TRUE)));
const FOR_LOOPBACK = sequence(
  objectId('551d11'),
  der(OCTET_STRING, sequence(der(IP_ADDRESS, Buffer.from([127, 0, 0, 1])), der(DNS_NAME, Buffer.from('localhost')))),
);

/** One value of the distinguished encoding: tag, length, content. */
function der(tag: number, content: Buffer): Buffer {
  return Buffer.concat([Buffer.from([tag, ...lengthOf(content.length)]), content]);
}

function lengthOf(length: number): readonly number[] {
  if (length < 0x80) return [length];
  return length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
}

function sequence(...parts: readonly Buffer[]): Buffer {
  return der(SEQUENCE, Buffer.concat(parts));
}

function set(...parts: readonly Buffer[]): Buffer {
  return der(SET, Buffer.concat(parts));
}

function objectId(hex: string): Buffer {
  return der(OBJECT_IDENTIFIER, Buffer.from(hex, 'hex'));
}

/** `YYMMDDHHMMSSZ`. */
function utcTime(instant: number): Buffer {
  return der(UTC_TIME, Buffer.from(`${new Date(instant).toISOString().replace(/\D/g, '').slice(2, 14)}Z`));
}

function pem(bytes: Buffer): string {
  const lines = bytes.toString('base64').match(/.{1,64}/g) ?? [];
  return `-----BEGIN CERTIFICATE-----\n${lines.join('\n')}\n-----END CERTIFICATE-----\n`;
}

import { formatTimestamp } from '../runtime/clock';
import { ENVELOPE, ENVELOPE_RAW_FIELD, MESSAGES, type Field, type FieldKind, type Message } from './protobufMessages';

/** `k8s\0`. */
const MAGIC = Buffer.from([0x6b, 0x38, 0x73, 0x00]);

/**
 * The object of a body in Kubernetes' protobuf encoding, as its JSON would be; undefined where its kind, or a field that
 * it sets, is not known here. kubectl's typed clients send nothing else to built-in kinds.
 */
export function decodeProtobuf(body: Buffer): Readonly<Record<string, unknown>> | undefined {
  if (!body.subarray(0, MAGIC.length).equals(MAGIC)) return undefined;
  const fields = [...readFields(body.subarray(MAGIC.length))];
  const typeField = fields.find(({ number }) => number === 1);
  const raw = fields.find(({ number }) => number === ENVELOPE_RAW_FIELD);
  if (!Buffer.isBuffer(typeField?.value) || !Buffer.isBuffer(raw?.value)) return undefined;
  const typeMeta = decodeMessage(typeField.value, (ENVELOPE[1] as Field)[1] as Message);
  const message = MESSAGES[`${String(typeMeta?.apiVersion)}/${String(typeMeta?.kind)}`];
  const content = message === undefined ? undefined : decodeMessage(raw.value, message);
  return content === undefined ? undefined : { ...typeMeta, ...content };
}

function decodeMessage(bytes: Buffer, message: Message): Record<string, unknown> | undefined {
  const result: Record<string, unknown> = {};
  for (const { number, value } of readFields(bytes)) {
    const field = message[number];
    if (field === undefined) {
      if (isEmpty(value) || Object.keys(message).length === 0) continue;
      return undefined;
    }
    const [name, kind, shape] = field;
    const decoded = shape === 'map' ? decodeEntry(value, kind) : decodeValue(value, kind);
    if (decoded === undefined) return undefined;
    if (shape === 'list') result[name] = [...((result[name] as unknown[] | undefined) ?? []), decoded];
    else if (shape === 'map') result[name] = { ...(result[name] as object | undefined), ...(decoded as object) };
    else if (decoded !== '') result[name] = decoded;
  }
  return result;
}

function decodeEntry(value: Buffer | number, kind: FieldKind): Readonly<Record<string, unknown>> | undefined {
  const entry = Buffer.isBuffer(value) ? decodeMessage(value, { 1: ['key', 'string'], 2: ['value', kind] }) : undefined;
  if (entry === undefined) return undefined;
  return { [typeof entry.key === 'string' ? entry.key : '']: entry.value ?? '' };
}

function decodeValue(value: Buffer | number, kind: FieldKind): unknown {
  if (!Buffer.isBuffer(value)) return kind === 'bool' ? value !== 0 : value;
  switch (kind) {
    case 'string':
      return value.toString();
    case 'bytes':
      return value.toString('base64');
    case 'quantity':
      return decodeMessage(value, { 1: ['string', 'string'] })?.string ?? '0';
    case 'time': {
      const seconds = decodeMessage(value, { 1: ['seconds', 'int'], 2: ['nanos', 'int'] })?.seconds;
      return typeof seconds === 'number' && seconds > 0 ? formatTimestamp(seconds * 1000) : '';
    }
    case 'int':
    case 'bool':
      return undefined;
    default:
      return decodeMessage(value, kind);
  }
}

function isEmpty(value: Buffer | number): boolean {
  return Buffer.isBuffer(value) ? value.length === 0 : value === 0;
}

const VARINT = 0;
const FIXED_64 = 1;
const LENGTH_DELIMITED = 2;
const FIXED_32 = 5;

/** The wire format: each field's number with its varint or bytes. Throws `SyntaxError` where it ends too early. */
function* readFields(bytes: Buffer): Generator<{ readonly number: number; readonly value: Buffer | number }> {
  let at = 0;

  function varint(): number {
    let result = 0n;
    for (let shift = 0n; ; shift += 7n) {
      const byte = bytes[at];
      if (byte === undefined || shift > 63n) throw new SyntaxError('unexpected EOF');
      at += 1;
      result |= BigInt(byte & 0x7f) << shift;
      if (byte < 0x80) return Number(BigInt.asIntN(64, result));
    }
  }

  function take(length: number): Buffer {
    if (length < 0 || at + length > bytes.length) throw new SyntaxError('unexpected EOF');
    at += length;
    return bytes.subarray(at - length, at);
  }

  while (at < bytes.length) {
    const tag = varint();
    const number = Math.floor(tag / 8);
    switch (tag & 7) {
      case VARINT:
        yield { number, value: varint() };
        break;
      case FIXED_64:
        yield { number, value: take(8) };
        break;
      case LENGTH_DELIMITED:
        yield { number, value: take(varint()) };
        break;
      case FIXED_32:
        yield { number, value: take(4) };
        break;
      default:
        throw new SyntaxError('proto: illegal wireType');
    }
  }
}

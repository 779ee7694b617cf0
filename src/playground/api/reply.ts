import type { ServerResponse } from 'node:http';
import { gzip } from 'node:zlib';
import type { StatusError } from '../world';

/** An answer that is known whole before its first byte is sent. */
export interface Reply {
  readonly status: number;
  /** JSON when it is an object or has no content type of its own. */
  readonly body: string | object;
  readonly contentType?: string;
  /** Texts of Warning headers. */
  readonly warnings?: readonly string[];
}

/** As `k8s.io/apiserver` decides: worth compressing from 128 KiB on. */
const COMPRESS_FROM_BYTES = 128 * 1024;

export function send(response: ServerResponse, reply: Reply, acceptEncoding = ''): void {
  const text = typeof reply.body === 'string' ? reply.body : `${JSON.stringify(reply.body)}\n`;
  const body = Buffer.from(text);
  response.statusCode = reply.status;
  response.setHeader('Cache-Control', 'no-cache, private');
  response.setHeader('Content-Type', reply.contentType ?? 'application/json');
  if (reply.warnings !== undefined && reply.warnings.length > 0) {
    response.setHeader('Warning', reply.warnings.map((text) => `299 - ${JSON.stringify(text)}`));
  }
  if (body.length < COMPRESS_FROM_BYTES || !/\bgzip\b/.test(acceptEncoding)) {
    response.setHeader('Content-Length', body.length);
    response.end(body);
    return;
  }
  response.setHeader('Content-Encoding', 'gzip');
  response.setHeader('Vary', 'Accept-Encoding');
  gzip(body, { level: 1 }, (_error, compressed) => response.end(compressed));
}

/** The `Status` object that carries a refusal. */
export function failureStatus(error: StatusError): object {
  return {
    kind: 'Status',
    apiVersion: 'v1',
    metadata: error.continueToken === undefined ? {} : { continue: error.continueToken },
    status: 'Failure',
    message: error.message,
    ...(error.reason !== '' && { reason: error.reason }),
    ...(error.details !== undefined && { details: error.details }),
    code: error.code,
  };
}

export function failure(error: StatusError): Reply {
  return { status: error.code, body: failureStatus(error) };
}

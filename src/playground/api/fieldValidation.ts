import { badRequest } from '../store/statusErrors';
import { StatusError } from '../world';
import type { ResourceRequest, Verb } from './resourceRequest';

/** What becomes of fields that were written twice or that the kind does not know. */
export interface FieldCheck {
  /** To be told of unknown fields, also when there are none. Throws where the request wants them refused. */
  readonly onUnknownFields: (paths: readonly string[]) => void;
  /** For Warning headers, once told. */
  readonly warnings: readonly string[];
}

export interface FoundFields {
  readonly duplicates: readonly string[];
  /** Besides those the store will tell of, and after them. */
  readonly unknown: readonly string[];
  /** The whole object that came of a patch, which the refusal of a patch quotes. */
  readonly patched?: () => string;
}

/**
 * `fieldValidation` of the query: `Warn` where it is not given.
 */
export function createFieldCheck(request: ResourceRequest, { duplicates, unknown, patched }: FoundFields): FieldCheck {
  const mode = fieldValidationOf(request);
  const warnings: string[] = [];
  return {
    warnings,
    onUnknownFields(paths) {
      if (mode === 'Ignore') return;
      const texts = [
        ...duplicates.map((path) => `duplicate field "${path}"`),
        ...[...[...paths].sort(), ...unknown].map((path) => `unknown field "${path}"`),
      ];
      if (mode === 'Strict' && texts.length > 0) throw strictError(request, texts, patched);
      warnings.push(...texts);
    },
  };
}

/** Asked for before the body is looked at. Throws 422 for a mode that there is not. */
export function fieldValidationOf(request: ResourceRequest): string {
  const mode = request.query.get('fieldValidation') || 'Warn';
  if (!MODES.includes(mode)) throw badMode(request, mode);
  return mode;
}

const MODES = ['Ignore', 'Strict', 'Warn'];
const OPTIONS: Partial<Record<Verb, string>> = { create: 'CreateOptions', update: 'UpdateOptions', patch: 'PatchOptions' };

function badMode({ verb }: ResourceRequest, mode: string): StatusError {
  const kind = OPTIONS[verb] ?? '';
  const message = `Unsupported value: ${JSON.stringify(mode)}: supported values: "", "Ignore", "Strict", "Warn"`;
  return new StatusError(422, 'Invalid', `${kind}.meta.k8s.io "" is invalid: fieldValidation: ${message}`, {
    group: 'meta.k8s.io',
    kind,
    causes: [{ reason: 'FieldValueNotSupported', message, field: 'fieldValidation' }],
  });
}

function strictError({ served, version }: ResourceRequest, texts: readonly string[], patched?: () => string): StatusError {
  const why = `strict decoding error: ${texts.join(', ')}`;
  const { kind } = served.resource;
  if (patched === undefined) return badRequest(`${kind} in version "${version}" cannot be handled as a ${kind}: ${why}`);
  return patchError(`Invalid value: ${JSON.stringify(patched())}: ${why}`);
}

/** 422 for what a patch comes to. */
export function patchError(message: string): StatusError {
  return new StatusError(422, 'Invalid', ` "" is invalid: patch: ${message}`, {
    causes: [{ reason: 'FieldValueInvalid', message, field: 'patch' }],
  });
}

import * as l10n from '@vscode/l10n';
import type { KubeObject } from '../kubeblocks/objects';
import type { Resource } from '../kubeblocks/resource';
import { ApiError } from '../kubernetes/api';
import type { Written } from '../kubernetes/api';
import { AppError } from './appError';
import { explainApiError } from './explainApiError';
import type { OperationDeps } from './ports';

/** Marks whose submission made an object, so that a repeated request finds its own. */
export const SUBMISSION_ANNOTATION = 'kubeblocks-backup/submission';

const ATTEMPTS = 4;
const FIRST_PAUSE = 500;

/**
 * Creates an object at most once. When the connection breaks while the answer is awaited, nobody knows whether the
 * object was made: it is asked for again, and what carries this submission's mark is taken for our own.
 */
export async function createOnce<T extends KubeObject>(
  deps: Pick<OperationDeps, 'api' | 'clock' | 'logger'>,
  resource: Resource,
  object: T,
  submission: string,
  options: { readonly signal?: AbortSignal } = {},
): Promise<Written<T>> {
  const { namespace, name } = object.metadata;
  const what = l10n.t('{0} {1} could not be created', resource.kind, name);
  const marked = withAnnotation(object, submission);
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await deps.api.create(resource, marked, options);
    } catch (error) {
      if (isAlreadyExists(error)) {
        return await adopt<T>(deps, resource, { name, namespace, submission, what }, error);
      }
      if (!isUnknownOutcome(error) || attempt === ATTEMPTS) {
        throw explainApiError(error, what);
      }
      deps.logger.warn(`create ${resource.kind} ${name}: no answer, trying again (${attempt} of ${ATTEMPTS})`);
      await deps.clock.sleep(FIRST_PAUSE * 2 ** (attempt - 1), options.signal);
    }
  }
}

interface Wanted {
  readonly name: string;
  readonly namespace: string | undefined;
  readonly submission: string;
  readonly what: string;
}

async function adopt<T extends KubeObject>(
  { api, logger }: Pick<OperationDeps, 'api' | 'logger'>,
  resource: Resource,
  { name, namespace, submission, what }: Wanted,
  conflict: unknown,
): Promise<Written<T>> {
  const existing = await api.get<T>(resource, name, namespace).catch((error: unknown) => {
    throw explainApiError(error, what);
  });
  if (existing.metadata.annotations?.[SUBMISSION_ANNOTATION] !== submission) {
    throw new AppError('nameTaken', l10n.t('{0}: a {1} of this name exists in {2}. Choose another name.', what, resource.kind, namespace ?? ''), { cause: conflict });
  }
  logger.info(`create ${resource.kind} ${name}: it had been created before the connection broke`);
  return { object: existing, warnings: [] };
}

function withAnnotation<T extends KubeObject>(object: T, submission: string): T {
  const annotations = { ...object.metadata.annotations, [SUBMISSION_ANNOTATION]: submission };
  return { ...object, metadata: { ...object.metadata, annotations } };
}

export function isAlreadyExists(error: unknown): boolean {
  return error instanceof ApiError && error.details.status === 409 && error.details.reason === 'AlreadyExists';
}

export function isNotFound(error: unknown): boolean {
  return error instanceof ApiError && error.details.status === 404;
}

/** No answer, or a gateway's: the request may or may not have been carried out. */
export function isUnknownOutcome(error: unknown): boolean {
  return error instanceof ApiError && (error.details.status === 0 || error.details.status === 502 || error.details.status === 504);
}

/** Worth asking again: no answer, a busy or failing server. Never 401 or 403. */
export function isTransient(error: unknown): boolean {
  return error instanceof ApiError && (error.details.status === 0 || error.details.status === 429 || error.details.status >= 500);
}

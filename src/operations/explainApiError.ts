import * as l10n from '@vscode/l10n';
import { qualifiedName } from '../kubeblocks/resource';
import { ApiError } from '../kubernetes/api';
import { AppError } from './appError';
import { roleManifest } from './roleManifest';

/**
 * A failure in words. `what` is the failed act as the start of a sentence (`Backup orders-1 could not be created`).
 * An `AppError` stays as it is; anything unforeseen is thrown on by the caller's caller.
 */
export function explainApiError(error: unknown, what: string): AppError {
  if (error instanceof AppError) {
    return error;
  }
  if (error instanceof Error && error.name === 'AbortError') {
    return new AppError('cancelled', l10n.t('{0}: it was cancelled.', what), { cause: error });
  }
  if (!(error instanceof ApiError)) {
    const why = error instanceof Error ? error.message : String(error);
    return new AppError('server', l10n.t('{0}: {1}', what, why), { action: { kind: 'showLog' }, cause: error });
  }
  return error.details.status === 0 ? explainNoAnswer(error, what) : explainStatus(error, what);
}

function explainStatus(error: ApiError, what: string): AppError {
  const { status } = error.details;
  switch (status) {
    case 401:
      return new AppError('unauthorized', l10n.t('{0}: the cluster does not accept your credentials. Sign in again with the tool that kubectl uses, then retry.', what), retry(error));
    case 403:
      return explainForbidden(error, what);
    case 404:
      return explainNotFound(error, what);
    case 409:
      return explainConflict(error, what);
    case 400:
    case 422:
      return new AppError('invalid', l10n.t('{0}: the cluster refuses it. {1}', what, causesText(error)), { cause: error });
    case 429:
      return new AppError('tooManyRequests', l10n.t('{0}: the cluster is busy. Try again in a moment.', what), retry(error));
    default:
      if (UNTYPED.test(error.message)) {
        return new AppError('invalid', l10n.t('{0}: the cluster refuses it. {1}', what, error.message.replace(UNTYPED, '')), { cause: error });
      }
      return new AppError('server', l10n.t('{0}: the cluster answered {1} ({2}). Try again; the log has more.', what, status, error.message), { action: { kind: 'showLog' }, cause: error });
  }
}

/** How server-side apply says, with status 500, that a field is not in the schema. */
const UNTYPED = /^failed to create typed patch object \([^)]*\): /;

/** Where something is to be created, it is its namespace that is not there. */
function explainNotFound(error: ApiError, what: string): AppError {
  const { verb, namespace = '' } = error.details;
  const message =
    verb === 'create' && error.message.startsWith('namespaces ')
      ? l10n.t('{0}: namespace {1} does not exist. Choose one that does.', what, namespace)
      : l10n.t('{0}: {1} does not exist (any more).', what, objectWords(error));
  return new AppError('notFound', message, { cause: error });
}

function explainForbidden(error: ApiError, what: string): AppError {
  const { verb, resource, namespace } = error.details;
  if (resource === undefined) {
    return new AppError('forbidden', l10n.t('{0}: you may not do this. {1}', what, error.message), { cause: error });
  }
  const where = namespace === undefined ? l10n.t('in this cluster') : l10n.t('in namespace {0}', namespace);
  const message = l10n.t('{0}: you may not {1} {2} {3}. Ask an administrator for the right.', what, verb, qualifiedName(resource), where);
  const manifest = roleManifest({ verbs: [verb], resource, ...(namespace === undefined ? {} : { namespace }) });
  return new AppError('forbidden', message, { action: { kind: 'copyRole', manifest }, cause: error });
}

function explainConflict(error: ApiError, what: string): AppError {
  return error.details.reason === 'AlreadyExists'
    ? new AppError('nameTaken', l10n.t('{0}: {1} exists already. Choose another name.', what, objectWords(error)), { cause: error })
    : new AppError('conflict', l10n.t('{0}: it was changed by someone else meanwhile. Try again.', what), retry(error));
}

const TLS = /CERT|TLS|SSL|SELF_SIGNED|UNABLE_TO_VERIFY|ALTNAME/i;

function explainNoAnswer(error: ApiError, what: string): AppError {
  const { reason } = error.details;
  if (reason === 'ETIMEDOUT' || reason === 'ESOCKETTIMEDOUT' || reason === 'Timeout') {
    return new AppError('timeout', l10n.t('{0}: the cluster did not answer in time. Try again.', what), retry(error));
  }
  if (TLS.test(reason)) {
    const message = l10n.t('{0}: the cluster shows a certificate that cannot be trusted ({1}). Check the certificate authority in the kubeconfig.', what, reason);
    return new AppError('tls', message, { action: { kind: 'showLog' }, cause: error });
  }
  return new AppError('unreachable', l10n.t('{0}: the cluster cannot be reached ({1}). Check the network and the kubeconfig, then retry.', what, reason), retry(error));
}

function retry(cause: unknown): { action: { kind: 'retry' }; cause: unknown } {
  return { action: { kind: 'retry' }, cause };
}

function objectWords({ details: { resource, name } }: ApiError): string {
  return [resource?.kind, name].filter((part) => part !== undefined).join(' ');
}

/** One clause a refused field, else the server's whole message. */
function causesText(error: ApiError): string {
  const causes = (error.details.causes ?? []).map(({ field, message }) => [field, message].filter((part) => part !== undefined && part !== '').join(': '));
  return causes.length === 0 ? error.message : causes.join('; ');
}

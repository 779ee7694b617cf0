import * as l10n from '@vscode/l10n';
import { ApiError } from './api';
import { stringIn } from './jsonReading';
import type { RequestSubject } from './statusError';

/** The error for a request that got no answer: status 0, the Node code as its reason. */
export function networkError(subject: RequestSubject, server: string, error: unknown): ApiError {
  const code = stringIn(error, 'code') ?? 'EUNKNOWN';
  const said = error instanceof Error ? error.message : String(error);
  const message = l10n.t('{0} cannot be reached: {1}', server, reasonText(code, said));
  return new ApiError(message, { ...subject, status: 0, reason: code });
}

/** Why, and what to do, for the codes that people meet. */
function reasonText(code: string, said: string): string {
  switch (code) {
    case 'ECONNREFUSED':
      return l10n.t('nothing listens there. Check that the cluster is running.');
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return l10n.t('its name is not known. Check the network, the VPN and the server address in the kubeconfig.');
    case 'ETIMEDOUT':
    case 'EHOSTUNREACH':
    case 'ENETUNREACH':
      return l10n.t('it does not answer. Check the network and the VPN.');
    case 'ECONNRESET':
    case 'EPIPE':
      return l10n.t('the connection was cut. It is tried again.');
    case 'DEPTH_ZERO_SELF_SIGNED_CERT':
    case 'SELF_SIGNED_CERT_IN_CHAIN':
    case 'UNABLE_TO_VERIFY_LEAF_SIGNATURE':
    case 'UNABLE_TO_GET_ISSUER_CERT_LOCALLY':
      return l10n.t('its certificate is not signed by an authority that is trusted. Check certificate-authority in the kubeconfig.');
    case 'CERT_HAS_EXPIRED':
      return l10n.t('its certificate has expired. Renew it, and check the clock of this machine.');
    case 'ERR_TLS_CERT_ALTNAME_INVALID':
      return l10n.t('its certificate is for another name. Check the server address or tls-server-name in the kubeconfig.');
    case 'EPROXY':
      return said;
    default:
      return l10n.t('{0} ({1})', said, code);
  }
}

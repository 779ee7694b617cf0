import assert from 'node:assert/strict';
import { KINDS } from '../../../src/kubeblocks/kinds';
import { ApiError } from '../../../src/kubernetes/api';
import { AppError } from '../../../src/operations/appError';
import { explainApiError } from '../../../src/operations/explainApiError';

function refused(status: number, reason: string, more: Partial<ApiError['details']> = {}): ApiError {
  return new ApiError('server words', { status, reason, verb: 'create', resource: KINDS.backup, namespace: 'payments', name: 'b1', ...more });
}

describe('explainApiError', () => {
  const cases: readonly (readonly [ApiError, string, string])[] = [
    [refused(401, 'Unauthorized'), 'unauthorized', 'It failed: the cluster does not accept your credentials. Sign in again with the tool that kubectl uses, then retry.'],
    [refused(403, 'Forbidden'), 'forbidden', 'It failed: you may not create backups.dataprotection.kubeblocks.io in namespace payments. Ask an administrator for the right.'],
    [refused(404, 'NotFound'), 'notFound', 'It failed: Backup b1 does not exist (any more).'],
    [refused(409, 'AlreadyExists'), 'nameTaken', 'It failed: Backup b1 exists already. Choose another name.'],
    [refused(409, 'Conflict'), 'conflict', 'It failed: it was changed by someone else meanwhile. Try again.'],
    [
      refused(422, 'Invalid', { causes: [{ field: 'spec.deletionPolicy', message: 'Unsupported value: "X"' }] }),
      'invalid',
      'It failed: the cluster refuses it. spec.deletionPolicy: Unsupported value: "X"',
    ],
    [refused(400, 'BadRequest'), 'invalid', 'It failed: the cluster refuses it. server words'],
    [refused(429, 'TooManyRequests'), 'tooManyRequests', 'It failed: the cluster is busy. Try again in a moment.'],
    [refused(500, 'InternalError'), 'server', 'It failed: the cluster answered 500 (server words). Try again; the log has more.'],
    [refused(0, 'ECONNREFUSED'), 'unreachable', 'It failed: the cluster cannot be reached (ECONNREFUSED). Check the network and the kubeconfig, then retry.'],
    [refused(0, 'ETIMEDOUT'), 'timeout', 'It failed: the cluster did not answer in time. Try again.'],
    [
      refused(0, 'SELF_SIGNED_CERT_IN_CHAIN'),
      'tls',
      'It failed: the cluster shows a certificate that cannot be trusted (SELF_SIGNED_CERT_IN_CHAIN). Check the certificate authority in the kubeconfig.',
    ],
  ];
  for (const [error, reason, message] of cases) {
    it(`explains ${error.details.status} ${error.details.reason}`, () => {
      const explained = explainApiError(error, 'It failed');
      assert.deepEqual([explained.reason, explained.message], [reason, message]);
    });
  }

  it('hands over a Role for the missing right', () => {
    const { action } = explainApiError(refused(403, 'Forbidden'), 'It failed');
    assert.deepEqual(action, {
      kind: 'copyRole',
      manifest: [
        'apiVersion: rbac.authorization.k8s.io/v1',
        'kind: Role',
        'metadata:',
        '  name: kubeblocks-backup-backups',
        '  namespace: "payments"',
        'rules:',
        '  - apiGroups: ["dataprotection.kubeblocks.io"]',
        '    resources: ["backups"]',
        '    verbs: ["create"]',
        '',
      ].join('\n'),
    });
  });

  it('leaves alone what was explained before', () => {
    const error = new AppError('cancelled', 'x');
    assert.equal(explainApiError(error, 'It failed'), error);
  });
});

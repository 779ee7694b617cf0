import * as l10n from '@vscode/l10n';

/** Longest name of most objects (RFC 1123 subdomain; `k8s.io/apimachinery/pkg/util/validation`). */
export const MAX_NAME = 253;
/** Cluster names end up in labels and DNS labels of pods and services. */
export const MAX_CLUSTER_NAME = 63;
/** Names of backups end up in label values and Job names. */
export const MAX_LABEL = 63;

/** What is wrong with the name of an object, as a sentence; undefined for a good one. RFC 1123 subdomain. */
export function nameProblem(name: string, maxLength = MAX_NAME): string | undefined {
  if (name === '') {
    return l10n.t('A name is needed.');
  }
  if (name.length > maxLength) {
    return l10n.t('The name has {0} characters; at most {1} are allowed.', name.length, maxLength);
  }
  const wrong = /[^a-z0-9.-]/u.exec(name)?.[0];
  if (wrong !== undefined) {
    return l10n.t('The name contains "{0}"; only lower-case letters, digits, "-" and "." are allowed.', wrong);
  }
  if (!/^[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)*$/.test(name)) {
    return l10n.t('Each part of the name must begin and end with a letter or a digit.');
  }
  return undefined;
}

/** A cluster's name: an RFC 1035 label that leaves room for the names made from it. */
export function clusterNameProblem(name: string): string | undefined {
  const problem = nameProblem(name, MAX_CLUSTER_NAME);
  if (problem !== undefined) {
    return problem;
  }
  if (name.includes('.')) {
    return l10n.t('The name contains "."; a cluster name is used in host names, where that is not allowed.');
  }
  return /^[a-z]/.test(name) ? undefined : l10n.t('The name must begin with a letter.');
}

/** The name, else with `-2`, `-3`… so that nothing is taken; never longer than `maxLength`. */
export function freeName(wanted: string, isTaken: (name: string) => boolean, maxLength = MAX_LABEL): string {
  for (let number = 1; ; number += 1) {
    const suffix = number === 1 ? '' : `-${number}`;
    const name = `${wanted.slice(0, maxLength - suffix.length).replace(/[-.]+$/, '')}${suffix}`;
    if (!isTaken(name)) {
      return name;
    }
  }
}

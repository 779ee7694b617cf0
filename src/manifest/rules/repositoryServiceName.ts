import * as l10n from '@vscode/l10n';
import { nearestName } from '../nearestName';
import { repositoryProvider } from './repositoryProvider';
import type { Rule } from './rule';
import type { RuleContext } from './ruleContext';

/**
 * @see apecloud/kubeblocks#5571: endpoint minio.efault.svc…, seen only when the backup failed
 * @see kubernetes.io: a service is called NAME.NAMESPACE.svc, with the domain of the cluster behind it
 */
export const repositoryServiceName: Rule = {
  code: 'KB-R014',
  severity: 'warning',
  title: 'Endpoint that is no service of a cluster',
  lines: ['0.7', '0.8', '0.9', '1.0', '1.1', '1.2'],
  kinds: ['BackupRepo'],
  check(context) {
    const endpoint = context.spec.at('config', 'endpoint');
    const text = endpoint.text ?? '';
    const host = /^(?:[a-z]+:\/\/)?([^/:]+)/i.exec(text)?.[1] ?? '';
    const parts = host.toLowerCase().split('.');
    const svc = parts.lastIndexOf('svc');
    if (svc < 0 || repositoryProvider(context) === undefined) return;
    const at = text.indexOf(host);
    if (svc < 2) {
      context.report(endpoint, l10n.t('{0} names no namespace: a service is called NAME.NAMESPACE.svc. The pre-check of the repository fails.', host), { within: { start: at, end: at + host.length } });
      return;
    }
    checkNamespace(parts[svc - 1] ?? '', at + parts.slice(0, svc - 1).join('.').length + 1, text, context);
    checkDomain(parts.slice(svc + 1).join('.'), at + parts.slice(0, svc + 1).join('.').length + 1, text, context);
  },
};

/** Services may be in any namespace: only a slip in the name of one that is known, or that every cluster has, is told. */
function checkNamespace(namespace: string, start: number, text: string, context: RuleContext): void {
  const known = new Set([...EVERYWHERE, ...namespacesKnown(context)]);
  const meant = known.has(namespace) || namespace.length < 4 ? undefined : nearestName(namespace, [...known].filter((name) => Math.abs(name.length - namespace.length) <= 1));
  if (meant === undefined || !isOneSlip(namespace, meant)) return;
  const within = { start, end: start + namespace.length };
  context.report(context.spec.at('config', 'endpoint'), l10n.t('No namespace {0} is known here; did you mean {1}? Where the service does not exist, the pre-check of the repository fails.', namespace, meant), { within, severity: 'info', fixes: [replaced(within, meant, text, context)] });
}

function checkDomain(domain: string, start: number, text: string, context: RuleContext): void {
  if (domain === '' || domain === DOMAIN || nearestName(domain, [DOMAIN]) === undefined) return;
  const within = { start, end: start + domain.length };
  context.report(context.spec.at('config', 'endpoint'), l10n.t('The domain of a cluster is {0}, where nobody chose another; {1} looks like a slip.', DOMAIN, domain), { within, severity: 'info', fixes: [replaced(within, DOMAIN, text, context)] });
}

function replaced({ start, end }: { readonly start: number; readonly end: number }, name: string, text: string, context: RuleContext): ReturnType<RuleContext['setValue']> {
  return context.setValue(l10n.t('Change to {0}', name), context.spec.at('config', 'endpoint'), text.slice(0, start) + name + text.slice(end));
}

const DOMAIN = 'cluster.local';
const EVERYWHERE: readonly string[] = ['default', 'kube-system', 'kb-system'];

function namespacesKnown(context: RuleContext): readonly string[] {
  return context.all('Cluster', undefined).facts.flatMap(({ object }) => object.metadata.namespace ?? []);
}

/** One letter more, less or other. */
function isOneSlip(a: string, b: string): boolean {
  let head = 0;
  while (head < a.length && a[head] === b[head]) head += 1;
  const [restA, restB] = [a.slice(head), b.slice(head)];
  return restA.slice(1) === restB || restA === restB.slice(1) || restA.slice(1) === restB.slice(1);
}

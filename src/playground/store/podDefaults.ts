type Part = Readonly<Record<string, unknown>>;

/** What the API server fills into the pod spec of a template (`pkg/apis/core/v1/defaults.go`). */
export function withPodSpecDefaults(spec: Part): Part {
  const account = spec.serviceAccountName ?? spec.serviceAccount;
  return {
    restartPolicy: 'Always',
    dnsPolicy: 'ClusterFirst',
    schedulerName: 'default-scheduler',
    securityContext: {},
    terminationGracePeriodSeconds: 30,
    ...spec,
    ...(account !== undefined && { serviceAccountName: account, serviceAccount: account }),
    ...(Array.isArray(spec.containers) && { containers: spec.containers.map(withContainerDefaults) }),
    ...(Array.isArray(spec.initContainers) && { initContainers: spec.initContainers.map(withContainerDefaults) }),
    ...(Array.isArray(spec.volumes) && { volumes: spec.volumes.map(withVolumeDefaults) }),
  };
}

function withContainerDefaults(container: unknown): unknown {
  if (!isPart(container)) return container;
  const isLatest = /(^[^:@]*|:latest)$/.test((typeof container.image === 'string' ? container.image : '').split('/').at(-1) ?? '');
  return {
    terminationMessagePath: '/dev/termination-log',
    terminationMessagePolicy: 'File',
    imagePullPolicy: isLatest ? 'Always' : 'IfNotPresent',
    resources: {},
    ...container,
    ...(Array.isArray(container.ports) && { ports: container.ports.map((port: unknown) => (isPart(port) ? { protocol: 'TCP', ...port } : port)) }),
  };
}

const WITH_MODE = ['secret', 'configMap', 'downwardAPI', 'projected'];

function withVolumeDefaults(volume: unknown): unknown {
  if (!isPart(volume)) return volume;
  const sources = WITH_MODE.flatMap((source) => {
    const given = volume[source];
    return isPart(given) ? [[source, { defaultMode: 0o644, ...given }] as const] : [];
  });
  const isBare = Object.keys(volume).every((field) => field === 'name');
  return { ...volume, ...(isBare && { emptyDir: {} }), ...(Object.fromEntries(sources) as Part) };
}

/** A template with the pod spec's defaults. */
export function withTemplateDefaults(template: unknown): unknown {
  if (!isPart(template)) return template;
  return { ...template, ...(isPart(template.spec) && { spec: withPodSpecDefaults(template.spec) }) };
}

function isPart(value: unknown): value is Part {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

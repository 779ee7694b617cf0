import type { EngineRow } from './engineMatrix';
import { KINDS, LINES, type KubeBlocksLine } from './kinds';
import type { AnyObject } from './objects';
import { apiVersionOf } from './resource';

/** What an engine needs to be run and snapshotted, where KubeBlocks has no add-on for it. */
interface Blueprint {
  readonly serviceVersion: string;
  readonly image: string;
  readonly args: readonly string[];
  readonly port: number;
  readonly portName: string;
  /** Where the data lies in the container. */
  readonly dataPath: string;
  /** The user of the image, who must be able to write there. */
  readonly user: number;
  /** Answers once it serves. */
  readonly readyPath: string;
}

const BLUEPRINTS: Readonly<Record<string, Blueprint>> = {
  // The image's own configuration scrapes Prometheus itself.
  prometheus: {
    serviceVersion: '2.53.0',
    image: 'prom/prometheus:v2.53.0',
    args: ['--config.file=/etc/prometheus/prometheus.yml', '--storage.tsdb.path=/prometheus/data'],
    port: 9090,
    portName: 'web',
    dataPath: '/prometheus',
    user: 65534,
    readyPath: '/-/ready',
  },
};

/** Whether KubeBlocks has nothing that backs this engine up. */
export function isWithoutAddon({ addon, methods }: EngineRow): boolean {
  return methods.length === 0 && addon !== '';
}

/** Whether there is a manifest for it. */
export function hasAddonManifest({ addon }: EngineRow): boolean {
  return Object.hasOwn(BLUEPRINTS, addon);
}

/**
 * The objects that make an engine a database of KubeBlocks which can be backed up: how it runs, and the policy template with
 * its schedule. Snapshots of volumes need no action set. Undefined where nothing is known of the engine, and on lines before
 * 1.0, whose objects have another form.
 */
export function addonManifest({ addon }: EngineRow, line: KubeBlocksLine): readonly AnyObject[] | undefined {
  const blueprint = Object.hasOwn(BLUEPRINTS, addon) ? BLUEPRINTS[addon] : undefined;
  return blueprint === undefined || LINES.indexOf(line) < LINES.indexOf('1.0') ? undefined : [componentDefinition(addon, blueprint), policyTemplate(addon)];
}

/** A cluster to try it with. */
export function addonCluster({ addon }: EngineRow, namespace: string): AnyObject {
  const { version } = KINDS.cluster;
  const storage = { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '20Gi' } } };
  return {
    apiVersion: apiVersionOf({ ...KINDS.cluster, version }),
    kind: KINDS.cluster.kind,
    metadata: { name: `my-${addon}`, namespace },
    spec: {
      terminationPolicy: 'Delete',
      backup: { enabled: true, method: 'volume-snapshot', cronExpression: '0 18 * * *', retentionPeriod: '7d' },
      componentSpecs: [{ name: addon, componentDef: definitionName(addon), replicas: 1, resources: { requests: { cpu: '500m', memory: '1Gi' }, limits: { cpu: '1', memory: '2Gi' } }, volumeClaimTemplates: [{ name: 'data', spec: storage }] }],
    },
  };
}

function definitionName(addon: string): string {
  return `${addon}-1`;
}

function componentDefinition(addon: string, { serviceVersion, image, args, port, portName, dataPath, user, readyPath }: Blueprint): AnyObject {
  return {
    apiVersion: 'apps.kubeblocks.io/v1',
    kind: 'ComponentDefinition',
    // Without the annotation the controllers of 1.x leave the object alone.
    metadata: { name: definitionName(addon), annotations: { 'kubeblocks.io/crd-api-version': 'apps.kubeblocks.io/v1' } },
    spec: {
      provider: 'community',
      serviceKind: addon,
      serviceVersion,
      services: [{ name: portName, serviceName: portName, spec: { ports: [{ name: portName, port, targetPort: portName }] } }],
      volumes: [{ name: 'data', needSnapshot: true }],
      runtime: {
        securityContext: { runAsUser: user, runAsNonRoot: true, fsGroup: user },
        containers: [
          {
            name: addon,
            image,
            args: [...args],
            ports: [{ name: portName, containerPort: port }],
            readinessProbe: { httpGet: { path: readyPath, port: portName } },
            volumeMounts: [{ name: 'data', mountPath: dataPath }],
          },
        ],
      },
    },
  };
}

function policyTemplate(addon: string): AnyObject {
  return {
    apiVersion: apiVersionOf(KINDS.backupPolicyTemplate),
    kind: KINDS.backupPolicyTemplate.kind,
    metadata: { name: `${addon}-backup-policy-template` },
    spec: {
      serviceKind: addon,
      compDefs: [`^${addon}-`],
      backupMethods: [{ name: 'volume-snapshot', snapshotVolumes: true, targetVolumes: { volumes: ['data'] } }],
      schedules: [{ backupMethod: 'volume-snapshot', enabled: false, cronExpression: '0 18 * * *', retentionPeriod: '7d' }],
    },
  };
}

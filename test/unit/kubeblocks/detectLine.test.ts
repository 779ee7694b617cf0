import assert from 'node:assert/strict';
import { detectLine, type LineCrd } from '../../../src/kubeblocks/detectLine';
import { resourceOnLine } from '../../../src/kubeblocks/kindsOfLine';

const OLD_DATA = ['dataprotection.kubeblocks.io/v1alpha1/backups', 'dataprotection.kubeblocks.io/v1alpha1/actionsets'];
const DATA = [...OLD_DATA, 'dataprotection.kubeblocks.io/v1alpha1/storageproviders'];
const OLD_APPS = ['apps.kubeblocks.io/v1alpha1/clusters', 'apps.kubeblocks.io/v1alpha1/opsrequests'];
const OPS = 'operations.kubeblocks.io/v1alpha1/opsrequests';
const V1 = 'apps.kubeblocks.io/v1/clusters';
const V1ALPHA1 = 'apps.kubeblocks.io/v1alpha1/clusters';

const CLUSTERS = 'clusters.apps.kubeblocks.io spec.restore';
const TEMPLATES = 'backuppolicytemplates.dataprotection.kubeblocks.io status.matchedCompDefs';
const OPS_RESTORE = 'opsrequests.apps.kubeblocks.io spec.restore';
const OPS_RESTORE_SPEC = 'opsrequests.apps.kubeblocks.io spec.restoreSpec';

const detect = (served: readonly string[], fields: Readonly<Record<string, boolean>> | undefined): string | undefined =>
  detectLine({
    serves: (group, version, plural) => served.includes(`${group}/${version}/${plural}`),
    hasField: (crd: LineCrd, path) => fields && (fields[`${crd} ${path}`] ?? false),
  });

describe('The line of KubeBlocks', () => {
  const cases: readonly [string, readonly string[], Readonly<Record<string, boolean>> | undefined, string | undefined][] = [
    ['is unknown without its kinds', [], {}, undefined],
    ['is too old where backups have no action sets', ['dataprotection.kubeblocks.io/v1alpha1/backups'], {}, 'tooOld'],
    ['is 0.7 where an OpsRequest cannot restore', [...OLD_DATA, ...OLD_APPS], {}, '0.7'],
    ['is 0.8 where an OpsRequest has restoreSpec', [...OLD_DATA, ...OLD_APPS], { [OPS_RESTORE_SPEC]: true }, '0.8'],
    ['is 0.9 where providers are in the data-protection group', [...DATA, ...OLD_APPS], { [OPS_RESTORE_SPEC]: true }, '0.9'],
    ['is 0.9 where an OpsRequest has restore', [...OLD_DATA, ...OLD_APPS], { [OPS_RESTORE]: true, [OPS_RESTORE_SPEC]: true }, '0.9'],
    ['is 1.0 with operations and both versions of clusters', [...DATA, OPS, V1, V1ALPHA1], {}, '1.0'],
    ['is 1.1 where templates record what they match', [...DATA, OPS, V1, V1ALPHA1], { [TEMPLATES]: true }, '1.1'],
    ['is 1.2 where clusters have spec.restore', [...DATA, OPS, V1], { [CLUSTERS]: true, [TEMPLATES]: true }, '1.2'],
    ['is 1.2 where clusters have spec.restore although the old version is served', [...DATA, OPS, V1, V1ALPHA1], { [CLUSTERS]: true }, '1.2'],
    ['is 1.0 where a single version of clusters has no spec.restore', [...DATA, OPS, V1], {}, '1.0'],
    ['is 1.0 where no schema may be read and clusters have both versions', [...DATA, OPS, V1, V1ALPHA1], undefined, '1.0'],
    ['is 1.2 where no schema may be read and clusters have the new version alone', [...DATA, OPS, V1], undefined, '1.2'],
    ['is 0.9 where no schema may be read and providers have moved', [...DATA, ...OLD_APPS], undefined, '0.9'],
    ['is 0.7 where no schema may be read and providers have not moved', [...OLD_DATA, ...OLD_APPS], undefined, '0.7'],
  ];
  cases.forEach(([name, served, fields, expected]) => {
    it(name, () => assert.equal(detect(served, fields), expected));
  });

  it('says where each kind is served', () => {
    const group = (kind: Parameters<typeof resourceOnLine>[0], line: Parameters<typeof resourceOnLine>[1]): string => {
      const { group: name, version } = resourceOnLine(kind, line);
      return `${name}/${version}`;
    };
    assert.equal(group('cluster', '1.0'), 'apps.kubeblocks.io/v1');
    assert.equal(group('cluster', '0.9'), 'apps.kubeblocks.io/v1alpha1');
    assert.equal(group('opsRequest', '1.2'), 'operations.kubeblocks.io/v1alpha1');
    assert.equal(group('opsRequest', '0.8'), 'apps.kubeblocks.io/v1alpha1');
    assert.equal(group('storageProvider', '0.9'), 'dataprotection.kubeblocks.io/v1alpha1');
    assert.equal(group('storageProvider', '0.7'), 'storage.kubeblocks.io/v1alpha1');
    assert.equal(group('backup', '0.7'), 'dataprotection.kubeblocks.io/v1alpha1');
  });
});

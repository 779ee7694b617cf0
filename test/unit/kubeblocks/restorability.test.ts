import assert from 'node:assert/strict';
import { restorability, restorabilityVerdict, type RestoreCheck } from '../../../src/kubeblocks/restorability';
import type { Cluster } from '../../../src/kubeblocks/objects';
import { aBackup, aCluster, aLog, anActionSet, anIncremental, anInventory, aRepo, backupLabels, postgresActionSets } from '../../support/builders';

const full = aBackup('full');
function clusterWith(component: object): Cluster {
  return aCluster('orders-pg', { spec: { componentSpecs: [{ name: 'postgresql', ...component }] } });
}

const snapshot = clusterWith({ componentDef: 'postgresql-16', volumeClaimTemplates: [{ name: 'data', spec: { storageClassName: 'fast' } }] });
const here = anInventory({ backups: [full], repos: [aRepo()], actionSets: postgresActionSets() });
const usual: RestoreCheck = {
  source: here,
  backup: full,
  snapshot,
  target: here,
  surroundings: { componentDefinitions: ['postgresql-16-1.0.0'], storageClasses: [{ name: 'fast', isDefault: false }], snapshotClasses: ['csi'] },
};

function of(change: Partial<RestoreCheck>): { readonly verdict: string; readonly bad: readonly string[] } {
  const needs = restorability({ ...usual, ...change });
  return { verdict: restorabilityVerdict(needs), bad: needs.filter(({ state }) => state !== 'met').map(({ what, state }) => `${what}: ${state}`) };
}

describe('restorability', () => {
  it('is met where all is there', () => assert.deepEqual(of({}), { verdict: 'met', bad: [] }));

  const cases: readonly (readonly [what: string, change: Partial<RestoreCheck>, bad: string])[] = [
    ['a backup that failed', { backup: aBackup('full', '09:00:00', { status: { ...full.status, phase: 'Failed' } }) }, 'Backup: missing'],
    ['a broken chain', { backup: anIncremental('inc', '10:00:00', 'gone', 'gone'), source: here }, 'Chain: missing'],
    ['a log without a base', { backup: aLog('08:00:00', '12:00:00', { metadata: { labels: backupLabels('Continuous', 'other') } }) }, 'Base backup: missing'],
    ['no copy of the cluster', { snapshot: undefined }, 'Definition of the cluster: missing'],
    ['an action set that is not there', { target: anInventory({ backups: [full], repos: [aRepo()] }) }, 'Action set postgresql-basebackup: missing'],
    ['an action set that cannot restore', { target: anInventory({ backups: [full], repos: [aRepo()], actionSets: [anActionSet('postgresql-basebackup', 'Full', { spec: { backupType: 'Full' } })] }) }, 'Action set postgresql-basebackup: missing'],
    ['another component definition', { surroundings: { ...usual.surroundings, componentDefinitions: ['mysql-8'] } }, 'Component definition postgresql-16: missing'],
    ['another storage class', { surroundings: { ...usual.surroundings, storageClasses: [{ name: 'slow', isDefault: true }] } }, 'Storage class fast: missing'],
    ['a repository that is not ready', { target: anInventory({ backups: [full], repos: [aRepo('s3-main', 'Failed')], actionSets: postgresActionSets() }) }, 'Repository s3-main: missing'],
    ['what may not be listed', { surroundings: { componentDefinitions: undefined, storageClasses: [{ name: 'fast', isDefault: false }], snapshotClasses: undefined } }, 'Component definition postgresql-16: unknown'],
    ['another line of KubeBlocks', { target: { ...here, line: '1.2' } }, 'KubeBlocks: unknown'],
  ];
  for (const [what, change, bad] of cases) {
    it(`says so of ${what}`, () => {
      const found = of(change);
      assert.deepEqual([found.bad, found.verdict], [[bad], bad.endsWith('missing') ? 'missing' : 'unknown']);
    });
  }

  it('needs a default storage class where the cluster names none', () => {
    const bare = clusterWith({ volumeClaimTemplates: [{ name: 'data', spec: {} }] });
    assert.deepEqual(of({ snapshot: bare }).bad, ['Default storage class: missing']);
  });

  describe('in another context', () => {
    const target = (more: Parameters<typeof anInventory>[0] = {}) => ({ ...anInventory({ backups: [full], repos: [aRepo()], actionSets: postgresActionSets(), ...more }), context: 'elsewhere' });

    it('needs the object and the same storage there, and cannot know the key', () => {
      assert.deepEqual(of({ target: target() }).bad, ['Encryption key: unknown']);
      assert.deepEqual(of({ target: target({ backups: [] }) }).bad, ['Backup object there: missing', 'Encryption key: unknown']);
      const other = aRepo('s3-main', 'Ready', { spec: { ...aRepo().spec, config: { bucket: 'other' } } });
      assert.deepEqual(of({ target: target({ repos: [other] }) }).bad, ['Repository s3-main: missing', 'Encryption key: unknown']);
    });

    it('never holds for a volume snapshot', () => {
      const taken = aBackup('full', '09:00:00', { status: { ...full.status, backupMethod: { name: 'volume-snapshot', snapshotVolumes: true } } });
      assert.ok(of({ backup: taken, target: target() }).bad.includes('Volume snapshot: missing'));
      assert.deepEqual(of({ backup: taken }).bad, []);
    });
  });
});

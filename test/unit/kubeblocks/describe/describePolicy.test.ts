import assert from 'node:assert/strict';
import { describeActionSet } from '../../../../src/kubeblocks/describe/describeActionSet';
import { describePolicy } from '../../../../src/kubeblocks/describe/describePolicy';
import { describeRepository } from '../../../../src/kubeblocks/describe/describeRepository';
import { pageToMarkdown } from '../../../../src/kubeblocks/describe/markdown';
import type { Page } from '../../../../src/kubeblocks/describe/page';
import { ANNOTATIONS } from '../../../../src/kubeblocks/labels';
import type { WholeActionSet, WholePolicy } from '../../../../src/kubeblocks/wholeObjects';
import { aBackup, aCluster, aLog, anActionSet, anInventory, aPolicy, aRepo, backupLabels, NOW, postgresActionSets } from '../../../support/builders';

/** As it is read: escapes and all that is Markdown's own aside. */
const textOf = (page: Page): string => pageToMarkdown(page).replace(/\\(.)/g, '$1');
const TIME = { now: NOW, timeZone: 'UTC' };
const generated = { [ANNOTATIONS.policyTemplate]: 'postgresql-template' };
const objects = { policies: [aPolicy()], repos: [aRepo()], actionSets: postgresActionSets(), backups: [aBackup('last')] };

function policyPage(policy: WholePolicy, cluster = aCluster()): string {
  return textOf(describePolicy(anInventory({ clusters: [cluster], ...objects }), policy, TIME));
}

describe('the page of a backup policy', () => {
  it('has each method with what it does, where to, and why it cannot be used', () => {
    const text = policyPage(aPolicy());
    assert.match(text, /\| pg-basebackup \| full \| postgresql-basebackup \| {2}\| {2}\| s3-main \| 2 h ago · 15\.2 GiB \|/);
    assert.match(text, /\| archive-wal \| log backup \|.*\| runs by schedule only \|/);
    assert.match(text, /\| volume-snapshot \| snapshot \|.*\| snapshots in the cluster \|/);
    assert.doesNotMatch(text, /Who decides/);
  });

  it('says what is encrypted, which pods and where', () => {
    const spec = { ...aPolicy().spec, pathPrefix: '/payments/orders', encryptionConfig: { algorithm: 'AES-256-CFB', passPhraseSecretKeyRef: { name: 'keys', key: 'phrase' } }, target: { podSelector: { strategy: 'Any', matchLabels: { role: 'secondary' } } } };
    const text = policyPage({ ...aPolicy(), spec });
    assert.match(text, /AES-256-CFB, pass phrase in Secret keys, key phrase/);
    assert.match(text, /one pod: role=secondary/);
    assert.match(text, /\/payments\/orders/);
  });

  it('says of a generated one what KubeBlocks writes anew', () => {
    const policy = aPolicy(undefined, { metadata: { annotations: generated } });
    assert.match(policyPage(policy), /\| retentionPolicy \| is overwritten from the template, unless annotation/);
    assert.match(policyPage(policy), /\| backupRepoName \| stays \|/);
    const cluster = aCluster('orders-pg', { spec: { backup: { repoName: 'offsite' } } });
    assert.match(policyPage(policy, cluster), /\| backupRepoName \| is overwritten with offsite, which the Cluster names; change it there \|/);
    const loose = aPolicy(undefined, { metadata: { annotations: { ...generated, [ANNOTATIONS.disableSync]: 'true' } } });
    assert.match(policyPage(loose), /\| retentionPolicy \| stays: the policy is cut loose from its template \|/);
  });
});

describe('the page of an action set', () => {
  it('has its steps, who uses it and its parameters', () => {
    const actionSet: WholeActionSet = {
      ...anActionSet('postgresql-basebackup', 'Full'),
      spec: {
        backupType: 'Full',
        parametersSchema: { openAPIV3Schema: { properties: { database: { type: 'string', default: 'all', description: 'which one' } } } },
        backup: { withParameters: ['database'], preBackup: [{ exec: { container: 'postgresql' } }], backupData: { image: 'docker.io/wal-g:3', runOnTargetPodNode: true }, preDelete: { image: 'tools' } },
        restore: { prepareData: { image: 'docker.io/wal-g:3' }, postReady: [{ exec: {} }, { job: { image: 'psql' } }] },
      },
    };
    const text = textOf(describeActionSet(anInventory(objects), actionSet, TIME));
    for (const line of [
      /\| Before the backup \| the database’s pod \| postgresql \|/,
      /\| Backup \| a job on the pod’s node \| `docker\.io\/wal-g:3` \|/,
      /\| Before its files are deleted \| a job \| tools \|/,
      /\| Restore: prepare data \| a job \|/,
      /\| Restore: after it runs 2 \| a job \| psql \|/,
      /\| orders-pg-postgresql-backup-policy \| payments \| pg-basebackup \|/,
      /\| database \| backup \| string \| {2}\| "all" \| which one \|/,
    ]) {
      assert.match(text, line);
    }
  });
});

describe('the page of a repository', () => {
  const backups = [aBackup('one'), aBackup('two'), aLog('08:00:00', '12:00:00'), aBackup('gone', '08:00:00', { metadata: { labels: backupLabels('Full', 'old-pg') } })];
  const page = (repo = aRepo()): string => textOf(describeRepository(anInventory({ clusters: [aCluster()], ...objects, backups }), repo, TIME));

  it('has its use by cluster, log backups apart', () => {
    assert.match(page(), /\| orders-pg \| payments \| 3 \| 1 \| 30\.4 GiB \|\n\| old-pg \| payments \| 1 \| 0 \| 15\.2 GiB \|/);
  });

  it('gives no size where there is no claim', () => {
    assert.doesNotMatch(page(aRepo('s3-main', 'Ready', { spec: { accessMethod: 'Tool', volumeCapacity: '0' } })), /Size of its claims/);
    assert.doesNotMatch(page(aRepo('s3-main', 'Ready', { spec: { accessMethod: 'Mount', volumeCapacity: '0' } })), /Size of its claims/);
    assert.match(page(aRepo('s3-main', 'Ready', { spec: { accessMethod: 'Mount', volumeCapacity: '100Gi' } })), /Size of its claims.*100Gi/);
  });
});

import assert from 'node:assert/strict';
import { describeEngines } from '../../../../src/kubeblocks/describe/describeEngines';
import { pageToMarkdown } from '../../../../src/kubeblocks/describe/markdown';
import type { Page } from '../../../../src/kubeblocks/describe/page';
import { LABELS } from '../../../../src/kubeblocks/labels';
import { aCluster, anInventory, aPolicy, aSchedule, postgresActionSets } from '../../../support/builders';

function cellsOf(page: Page, heading: string, engine: string): readonly string[] {
  const section = page.sections.find((each) => each.heading === heading);
  assert.ok(section?.kind === 'table');
  return section.rows.find(([name]) => name === engine)?.slice(1) ?? [];
}

function factsOf(page: Page, heading: string): Readonly<Record<string, string>> {
  const section = page.sections.find((each) => each.heading === heading);
  assert.ok(section?.kind === 'facts', page.sections.map((each) => each.heading).join(' | '));
  return Object.fromEntries(section.rows.map(({ label, value }) => [label, value]));
}

describe('the page of the engine matrix', () => {
  it('shows today, and the introduction page where it says otherwise', () => {
    const page = describeEngines(undefined, '1.1');
    assert.equal(page.summary, 'no cluster is connected · KubeBlocks 1.1');
    assert.deepEqual(cellsOf(page, 'The capabilities of the introduction page', 'Redis (standalone, replication)'), ['✓', '✓ (page: ✗)', '✓', '✓', '✓ (page: ✗)', '✓', '✓ (page: ✗)', '✓']);
    assert.deepEqual(cellsOf(page, 'What came later', 'PostgreSQL'), ['✓', '✓', '✓', '✓']);
    const redis = factsOf(page, 'Redis (cluster), as the add-on of KubeBlocks 1.1 comes');
    assert.equal(redis['Snapshot'], '✗ Only standalone and replicated Redis have it: of a Redis cluster each shard is dumped.');
    assert.equal(redis['Datafile'], '✓ datafile');
    assert.equal(redis['Topologies'], 'cluster');
  });

  it('derives the rows of what is in the cluster', () => {
    const schedule = aSchedule([{ backupMethod: 'pg-basebackup', cronExpression: '0 18 * * *' }]);
    const page = describeEngines(anInventory({ clusters: [aCluster()], policies: [aPolicy()], schedules: [schedule], actionSets: postgresActionSets() }), '1.2');
    assert.equal(page.summary, 'kind-prod · KubeBlocks 1.0');
    const own = factsOf(page, 'PostgreSQL, by policy orders-pg-postgresql-backup-policy');
    assert.deepEqual([own['Scheduled'], own['Log']], ['✓ pg-basebackup', '✓ archive-wal']);
  });

  it('offers a manifest for what has no add-on, where the line can take it', () => {
    const itemsOf = (page: Page): unknown => page.sections.find(({ heading }) => heading === 'Add-ons that KubeBlocks does not have');
    const offered = { kind: 'list', heading: 'Add-ons that KubeBlocks does not have', items: ['Prometheus: KubeBlocks has no add-on that backs it up. The command Show Add-on Manifest shows one that can be applied as it is.'] };
    assert.deepEqual(itemsOf(describeEngines(undefined, undefined)), offered);
    assert.match(JSON.stringify(itemsOf(describeEngines(undefined, '0.9'))), /None can be shown for KubeBlocks 0\.9\./);
  });

  it('says what it could not see, and whose add-ons it shows instead', () => {
    const forbidden = { state: { state: 'forbidden', verb: 'list', resource: 'x', group: 'y' }, items: new Map<string, never>() } as const;
    assert.equal(describeEngines(anInventory({}, { policies: forbidden, simulated: true }), undefined).summary, 'kind-prod · KubeBlocks 1.0 · simulated · not seen here: policies');
    assert.equal(describeEngines(undefined, '0.7').summary, 'no cluster is connected · the add-ons of KubeBlocks 0.7 are not known; those of 0.9 are shown');
  });

  it('names the databases that no policy backs up, once policies are listed', () => {
    const heading = 'Databases without a backup policy: no template fits their components';
    const listed = (page: Page): unknown => page.sections.find((each) => each.heading === heading);
    const lonely = anInventory({ clusters: [aCluster(), aCluster('cache')], policies: [aPolicy()] });
    assert.deepEqual(listed(describeEngines(lonely, undefined)), { kind: 'list', heading, items: ['cache in payments: PostgreSQL 16'] });
    assert.equal(listed(describeEngines({ ...lonely, policies: { state: { state: 'loading' }, items: new Map() } }, undefined)), undefined);
  });

  it('has a reason of its own for each cross of an add-on that is not one of KubeBlocks', () => {
    const labels = { [LABELS.instance]: 'metrics', [LABELS.component]: 'prometheus' };
    const cluster = aCluster('metrics', { spec: { componentSpecs: [{ name: 'prometheus', componentDef: 'prometheus-1' }] } });
    const page = describeEngines(anInventory({ clusters: [cluster], policies: [aPolicy('p', { metadata: { labels }, spec: { backupMethods: [{ name: 'volume-snapshot', snapshotVolumes: true }] } })] }), undefined);
    assert.equal(factsOf(page, 'Prometheus, by policy p')['Log'], '✗ The add-on of Prometheus backs up no log.');
  });

  it('lets nothing act that a cluster says', () => {
    const evil = '[x](command:evil) <img src=x> | `a`';
    const labels = { [LABELS.instance]: evil, [LABELS.component]: 'db' };
    const cluster = aCluster(evil, { spec: { componentSpecs: [{ name: 'db', componentDef: evil }] } });
    const policy = aPolicy(evil, { metadata: { labels }, spec: { backupMethods: [{ name: evil, snapshotVolumes: true }, { name: 'gone', actionSetName: evil }] } });
    const text = pageToMarkdown(describeEngines(anInventory({ clusters: [cluster], policies: [policy] }), undefined));
    assert.ok(text.includes('command:evil'));
    for (const line of text.split('\n').filter((each) => each.includes('command:evil'))) {
      const outside = line.replace(/(`+)(?!`).*?[^`]\1(?!`)/g, '').replace(/\\./g, '');
      assert.doesNotMatch(outside, /<|\]\(|command:/);
    }
  });
});

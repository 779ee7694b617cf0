import assert from 'node:assert/strict';
import { indexClusters } from '../../src/kubeblocks/clusterIndex';
import { clusterWindow, stretchAt, type Stretch } from '../../src/kubeblocks/clusterWindow';
import { objectKey } from '../../src/kubeblocks/inventory';
import type { AnyObject, Condition, Restore } from '../../src/kubeblocks/objects';
import { recoveryWindow, segmentAt, type RecoveryWindow } from '../../src/kubeblocks/recoveryWindow';
import type { ClusterLane } from './lane/clusterLane';
import type { LaneNamespace } from './lane/laneNamespace';
import { ahead } from './support/ahead';
import { createHistory, instantOf, type Past } from './support/history';
import { Product } from './support/product';
import { sharedCluster } from './support/sharedCluster';

interface Story {
  readonly about: string;
  readonly history: readonly Past[];
}

const LOG: Past = { name: 'log', kind: 'log', start: 0, end: 3600 };

const STORIES: readonly Story[] = [
  { about: 'a log without a base', history: [LOG] },
  { about: 'one full backup in the middle', history: [LOG, { name: 'full', kind: 'full', end: 764 }] },
  { about: 'a base that ends with the log\'s first second', history: [LOG, { name: 'full', kind: 'full', end: 0 }] },
  { about: 'a base that ends a second too early', history: [LOG, { name: 'full', kind: 'full', end: -1 }] },
  { about: 'a base that ends with the log', history: [LOG, { name: 'full', kind: 'full', end: 3600 }] },
  { about: 'a base after the log', history: [LOG, { name: 'full', kind: 'full', end: 60 }, { name: 'later', kind: 'full', end: 3601 }] },
  { about: 'a base whose completion alone is known', history: [LOG, { name: 'full', kind: 'full', end: 900, withoutRange: true }] },
  { about: 'a volume snapshot as base', history: [LOG, { name: 'snapshot', kind: 'snapshot', end: 900 }] },
  {
    about: 'an incremental whose chain is whole',
    history: [LOG, { name: 'full', kind: 'full', end: 600 }, { name: 'one', kind: 'incremental', end: 1200, parent: 'full', base: 'full' }, { name: 'two', kind: 'incremental', end: 1800, parent: 'one', base: 'full' }],
  },
  {
    about: 'a whole chain that begins before the log',
    history: [LOG, { name: 'full', kind: 'full', end: -600 }, { name: 'one', kind: 'incremental', end: 1200, parent: 'full', base: 'full' }],
  },
  {
    about: 'an incremental whose parent is gone, between two good ones',
    history: [LOG, { name: 'full', kind: 'full', end: 600 }, { name: 'broken', kind: 'incremental', end: 1200, parent: 'gone', base: 'full' }, { name: 'later', kind: 'full', end: 2400 }],
  },
  {
    about: 'an incremental whose grandparent is gone',
    history: [LOG, { name: 'full', kind: 'full', end: 600 }, { name: 'one', kind: 'incremental', end: 1200, parent: 'gone', base: 'full' }, { name: 'two', kind: 'incremental', end: 1800, parent: 'one', base: 'full' }],
  },
  {
    about: 'an incremental on a full backup of another method',
    history: [LOG, { name: 'snapshot', kind: 'snapshot', end: 600 }, { name: 'broken', kind: 'incremental', end: 1200, parent: 'snapshot', base: 'snapshot' }],
  },
  {
    about: 'an incremental that names another base than its parent',
    history: [LOG, { name: 'full', kind: 'full', end: 600 }, { name: 'one', kind: 'incremental', end: 1200, parent: 'full', base: 'other' }],
  },
  {
    about: 'an incremental whose parent ended after it',
    history: [LOG, { name: 'full', kind: 'full', end: 1300 }, { name: 'one', kind: 'incremental', end: 1200, parent: 'full', base: 'full' }],
  },
  {
    about: 'an incremental whose parent is in another repository',
    history: [LOG, { name: 'full', kind: 'full', end: 600, repository: 'volume-store' }, { name: 'one', kind: 'incremental', end: 1200, parent: 'full', base: 'full' }],
  },
  {
    about: 'an incremental whose parent was made by another policy',
    history: [LOG, { name: 'full', kind: 'full', end: 600, policy: 'other' }, { name: 'one', kind: 'incremental', end: 1200, parent: 'full', base: 'full' }],
  },
  {
    about: 'failed, running and foreign backups, which are no bases',
    history: [LOG, { name: 'failed', kind: 'full', end: 600, phase: 'Failed' }, { name: 'running', kind: 'full', end: 900, phase: 'Running' }, { name: 'foreign', kind: 'full', end: 1200, component: 'redis' }, { name: 'full', kind: 'full', end: 1800 }],
  },
  { about: 'an engine that needs no base', history: [{ ...LOG, kind: 'free' }] },
  {
    about: 'an engine that restores its log alone',
    history: [{ ...LOG, kind: 'skipping' }, { name: 'full', kind: 'full', end: 600 }, { name: 'one', kind: 'incremental', end: 1200, parent: 'full', base: 'full' }, { name: 'later', kind: 'full', end: 2400 }],
  },
];

/** Its annotation makes a restore read the log alone, so that an incremental cannot be its base. */
const SKIPPING: AnyObject = {
  apiVersion: 'dataprotection.kubeblocks.io/v1alpha1',
  kind: 'ActionSet',
  metadata: { name: 'cluster-lane-skipping', annotations: { 'dataprotection.kubeblocks.io/skip-base-backup-restore-in-pitr': 'true' } },
  spec: { backupType: 'Continuous', restore: { postReady: [{ job: { image: 'cluster-lane.invalid/tools', command: ['true'] } }] } },
};

const AT_ONCE = 4;

describe('the recovery window, asked of the real restore controller', () => {
  let asked: (about: string) => Promise<readonly Verdict[]>;
  before(async () => {
    const lane = await sharedCluster();
    await lane.create(SKIPPING);
    asked = ahead(new Map(STORIES.map((story) => [story.about, () => ask(lane, story)])), AT_ONCE);
  });

  for (const { about, history } of STORIES) {
    it(`agrees about ${about}`, async () => {
      const verdicts = await asked(about);
      assert.deepEqual(verdicts.filter(({ controller, extension, ofCluster }) => controller !== extension || controller !== ofCluster), []);
      assert.equal(verdicts.length, bordersOf(history).length);
    });
  }
});

/** Whether a log can be restored to a second, as both say, and the controller's words. */
interface Verdict {
  readonly at: number;
  readonly controller: boolean;
  readonly extension: boolean;
  /** By the window of the cluster, which is that of its only log. */
  readonly ofCluster: boolean;
  readonly message: string;
}

/** What both say of a history, at every border of it. */
async function ask(lane: ClusterLane, { history }: Story): Promise<readonly Verdict[]> {
  const space = await lane.namespace({ engine: false });
  await createHistory(lane, space.name, history);
  const { window, ofCluster } = await windowOf(lane, space, history);
  return Promise.all(
    bordersOf(history).map(async (at) => {
      const instant = Date.parse(instantOf(at));
      const said = { extension: segmentAt(window, instant)?.kind === 'recoverable', ofCluster: stretchAt(ofCluster, instant)?.kind === 'recoverable' };
      return { at, ...said, ...(await verdictOf(lane, space, at)) };
    }),
  );
}

/** One second before, at, and after everything that begins or ends. */
function bordersOf(history: readonly Past[]): readonly number[] {
  const borders = history.flatMap(({ start, end }) => (start === undefined ? [end] : [start, end]));
  return [...new Set(borders.flatMap((border) => [border - 1, border, border + 1]))].sort((a, b) => a - b);
}

/** What the extension says of the log, once its session knows the whole history. */
async function windowOf(lane: ClusterLane, { name }: LaneNamespace, history: readonly Past[]): Promise<{ readonly window: RecoveryWindow; readonly ofCluster: readonly Stretch[] }> {
  const product = new Product(lane, name);
  try {
    await product.until('the history and the action sets', ({ backups, actionSets }) => actionSets.items.has('/cluster-lane-skipping') && history.every((past) => backups.items.get(objectKey(name, past.name))?.status?.phase !== undefined));
    const log = product.inventory.backups.items.get(objectKey(name, 'log'));
    assert.ok(log);
    const window = recoveryWindow(product.inventory, log);
    assert.ok(window);
    const entry = [...indexClusters(product.inventory).entries.values()].find(({ backups }) => backups.includes(log));
    assert.ok(entry);
    return { window, ofCluster: clusterWindow(product.inventory, entry, window.to).components[0]?.stretches ?? [] };
  } finally {
    product.dispose();
  }
}

/** Whether the controller takes a Restore of the log to that second. */
async function verdictOf(lane: ClusterLane, space: LaneNamespace, at: number): Promise<Pick<Verdict, 'controller' | 'message'>> {
  const name = `at-${at < 0 ? `minus-${-at}` : at}`;
  await lane.create({
    apiVersion: 'dataprotection.kubeblocks.io/v1alpha1',
    kind: 'Restore',
    metadata: { name, namespace: space.name },
    spec: { backup: { name: 'log', namespace: space.name }, restoreTime: instantOf(at) },
  });
  const judged = await space.until<Restore>('restores', name, 'judged', (restore) => validation(restore) !== undefined);
  const { status = '', message = '' } = validation(judged) ?? {};
  return { controller: status === 'True', message };
}

function validation({ status }: Restore): Condition | undefined {
  return status?.conditions?.find(({ type }) => type === 'ValidationPassed');
}

import assert from 'node:assert/strict';
import { objectKey } from '../../src/kubeblocks/inventory';
import { LABELS } from '../../src/kubeblocks/labels';
import type { Backup } from '../../src/kubeblocks/objects';
import { databaseOf } from './support/databases';
import { Journey } from './support/journey';
import { prove } from './support/proof';
import { sharedNode } from './support/sharedNode';

const BASE = 'physical';
const LOG = 'binary-log';
const EACH_MINUTE = '* * * * *';

describe('a schedule on a real node', () => {
  let journey: Journey;

  before(async () => {
    journey = await Journey.start(await sharedNode(), databaseOf('mariadb'));
  });
  after(() => journey.end());

  /** Those that its CronJob made and that are complete, the oldest first. */
  const scheduled = (): readonly Backup[] =>
    [...journey.product.inventory.backups.items.values()]
      .filter(({ metadata: { namespace, labels }, spec, status }) => namespace === journey.namespace && labels?.[LABELS.backupSchedule] !== undefined && spec?.backupMethod === BASE && status?.phase === 'Completed')
      .sort((a, b) => endOf(a) - endOf(b));
  it('backs up by its CronJob, keeps what it made as long as was said, and moves the window as was predicted', async () => {
    await journey.startLog(LOG);
    await journey.schedule(BASE, { enabled: true, cronExpression: EACH_MINUTE, retentionPeriod: '2m' });
    await journey.product.until('the CronJob has made a backup', () => scheduled().length > 0);
    const between = await journey.writeOnce();
    // What is made from now on stays.
    await journey.schedule(BASE, { enabled: true, cronExpression: EACH_MINUTE, retentionPeriod: '1d' });
    const isKept = ({ spec }: Backup): boolean => (spec as { retentionPeriod?: string }).retentionPeriod === '1d';
    await journey.product.until('the CronJob has made one that stays', () => scheduled().some(isKept));
    await journey.schedule(BASE, { enabled: false, cronExpression: EACH_MINUTE, retentionPeriod: '1d' });
    const kept = scheduled().find(isKept);
    assert.ok(kept);
    const later = await journey.writeOnce();
    await journey.untilRestorable(later);
    assert.equal(journey.isRestorable(between), true);

    const expiring = scheduled().filter((backup) => !isKept(backup));
    await journey.product.until('all but the last that expires are gone', ({ backups }) => expiring.slice(0, -1).every(({ metadata: { name } }) => !backups.items.has(objectKey(journey.namespace, name))));
    const { cut } = journey.window();
    assert.deepEqual([cut?.expiring.metadata.name, cut?.then], [expiring.at(-1)?.metadata.name, endOf(kept)]);
    await journey.product.until('what expires is gone', ({ backups }) => expiring.every(({ metadata: { name } }) => !backups.items.has(objectKey(journey.namespace, name))));
    assert.ok(cut !== undefined && Date.now() >= cut.at, 'it went no sooner than was said');

    const { first: begin, log: backup } = journey.borders();
    assert.equal(begin * 1000, cut.then);
    assert.equal(journey.isRestorable(between), false);
    await prove(journey, LOG, 'at the first second after a scheduled base expired', { backup, restoreTime: begin * 1000, states: journey.source.ledger.digestsAt(begin, journey.database.instant) });
  });
});

/** Ms since the epoch. */
function endOf({ status }: Backup): number {
  return Date.parse(status?.timeRange?.end ?? status?.completionTimestamp ?? '');
}

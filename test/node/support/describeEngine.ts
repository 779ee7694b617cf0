import assert from 'node:assert/strict';
import type { Backup } from '../../../src/kubeblocks/objects';
import { AppError } from '../../../src/operations/appError';
import { restore } from '../../../src/operations/restore';
import { atOnce } from './atOnce';
import { databaseOf, type Database } from './databases';
import { Journey, type Wanted } from './journey';
import { isProofKept, keepProof, prove } from './proof';
import { sharedNode } from './sharedNode';

export interface Capabilities {
  readonly name: Database['name'];
  /** Methods that make a full backup. */
  readonly full: readonly [string, ...string[]];
  /** The method that archives the log, and the full backup a restore by it begins with. */
  readonly log?: { readonly method: string; readonly base?: string };
}

type Instant = readonly [what: string, second: number];

const TRANSACTIONS = 4;
/** How many instants are tried: more where the results are kept. */
const [TRIED, DRAWN] = isProofKept ? [2, 3] : [1, 1];
const DAY = 86_400;

/** Every capability of an engine, each with its rows. */
export function describeEngine({ name, full, log }: Capabilities): void {
  describe(`${name} on a real node`, () => {
    let journey: Journey;

    before(async () => {
      journey = await Journey.start(await sharedNode(), databaseOf(name));
    });
    after(() => journey.end());

    const proveAt = (what: string, backup: Backup, second: number, request: Partial<Wanted> = {}): Promise<void> =>
      prove(journey, log?.method ?? '', what, { ...request, backup, restoreTime: second * 1000, states: journey.source.ledger.digestsAt(second, journey.database.instant) });

    for (const method of full) {
      it(`comes back with its rows from ${method}, taken while rows were written`, async () => {
        const taken = await journey.backUp(method, `newest-${method}`);
        await journey.source.write(10);
        await prove(journey, method, 'the newest backup', taken);
      });
    }

    // A snapshot cannot leave its namespace.
    const movable = full.find((each) => each !== 'volume-snapshot');
    if (movable !== undefined) {
      it('comes back into another namespace, once its own data is dropped', async () => {
        const taken = await journey.backUp(movable, `moved-${movable}`);
        await journey.source.drop();
        await prove(journey, movable, 'into another namespace, data dropped', { ...taken, targetNamespace: await (await sharedNode()).namespace() });
        await journey.source.fill(500);
      });
    }

    if (log !== undefined) {
      it(`comes back as it was at any second of ${log.method}`, async () => {
        await journey.startLog(log.method);
        if (log.base !== undefined) await journey.backUp(log.base, 'base-of-log');
        for (let number = 1; number <= TRANSACTIONS; number += 1) {
          await journey.pause(2500);
          await journey.source.write(number * 10);
        }
        const { ledger } = journey.source;
        const written = ledger.seconds.slice(-TRIED);
        await journey.untilRestorable(Math.max(...written) + 1);

        const { first, last, log: backup } = journey.borders();
        const instants: readonly Instant[] = [
          ['at the first second', first],
          ['at the last second', last],
          ...written.flatMap((second): readonly Instant[] => [
            ['a second before a transaction', second - 1],
            ['in the second of a transaction', second],
            ['a second after a transaction', second + 1],
          ]),
          ...drawn('at a second drawn inside', first, last),
        ];
        // Three at once, as in an emergency.
        for (let index = 0; index < instants.length; index += 3) {
          await atOnce(instants.slice(index, index + 3).map(([what, second]) => () => proveAt(what, backup, second)));
        }
      });

      it(`comes back by ${log.method} into another namespace`, async () => {
        const { last, log: backup } = journey.borders();
        await proveAt('into another namespace', backup, last, { targetNamespace: await (await sharedNode()).namespace() });
      });

      it(`is not restored to what lies outside ${log.method}, and nothing is created`, async () => {
        const { first, last, log: backup } = journey.borders();
        const outside: readonly Instant[] = [
          ['a second before the first', first - 1],
          ['a second after the last', last + 1],
          ...drawn('at a second drawn before', first - DAY, first - 1),
          ...drawn('at a second drawn after', last + 1, last + DAY),
        ];
        const plans = outside.map(([what, second]) => ({ what, plan: journey.plan({ backup, restoreTime: second * 1000 }) }));
        await Promise.all(plans.map(({ what, plan }) => assert.rejects(restore(journey.product.submissions, plan), (error) => error instanceof AppError && error.reason === 'invalid', what)));
        await journey.assertAbsent(plans.map(({ plan }) => plan.target));
        for (const { what } of plans) keepProof({ engine: name, method: log.method, what, isEqual: true });
      });
    }

    it('comes back after the cluster it was taken from is gone', async () => {
      const [method] = full;
      const taken = await journey.backUp(method, `last-${method}`);
      const borders = log === undefined ? undefined : journey.borders();
      await journey.removeSource();
      await atOnce([
        () => prove(journey, method, 'after the source is gone', taken),
        ...(borders === undefined ? [] : [() => proveAt('after the source is gone', borders.log, borders.last)]),
      ]);
    });
  });
}

/** Restores from increments upon increments: of their chain itself, and by the log, which may begin with one. */
export function describeIncrements({ name, full, incremental, log }: { readonly name: Database['name']; readonly full: string; readonly incremental: string; readonly log: string }): void {
  describe(`increments of ${name} on a real node`, () => {
    let journey: Journey;

    before(async () => {
      journey = await Journey.start(await sharedNode(), databaseOf(name));
    });
    after(() => journey.end());

    it(`come back by ${incremental} as a chain of three, and by ${log} from the second of it`, async () => {
      await journey.startLog(log);
      await journey.backUp(full, 'base-of-chain');
      await journey.backUp(incremental, 'first-increment');
      await journey.source.write(10);
      const { backup: second } = await journey.backUp(incremental, 'second-increment');
      const written = await journey.writeOnce();
      await journey.untilRestorable(written);
      assert.equal(journey.baseAt(written), second.metadata.name);
      await atOnce([
        () => prove(journey, log, 'from an incremental base', { backup: journey.borders().log, restoreTime: written * 1000, states: journey.source.ledger.digestsAt(written, journey.database.instant) }),
        async () => prove(journey, incremental, 'the newest backup, of a chain of three', await journey.backUp(incremental, 'third-increment')),
      ]);
    });
  });
}

/** Seconds drawn at random, both ends included. */
function drawn(what: string, from: number, to: number): readonly Instant[] {
  return Array.from({ length: DRAWN }, () => [what, from + Math.floor(Math.random() * (to - from + 1))]);
}

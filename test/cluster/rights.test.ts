import assert from 'node:assert/strict';
import { KINDS } from '../../src/kubeblocks/kinds';
import { reviewRights } from '../../src/kubernetes/rights';
import { isEveryListKnown, seenAlike, seenLists, type SeenLists } from '../support/seenLists';
import type { LaneNamespace } from './lane/laneNamespace';
import type { UserName } from './lane/users';
import { Product } from './support/product';
import { sharedCluster } from './support/sharedCluster';

const DATA_PROTECTION = [KINDS.backup, KINDS.backupPolicy, KINDS.backupSchedule, KINDS.restore] as const;

describe('what a user of a real API server may do', () => {
  let space: LaneNamespace;
  before(async () => {
    const lane = await sharedCluster();
    space = await lane.namespace({ engine: false, admitDeveloper: true });
  });

  const seen: Readonly<Record<UserName, () => SeenLists>> = {
    administrator: () => seenAlike('everywhere'),
    viewer: () => ({ ...seenAlike('everywhere'), opsRequests: 'may not list opsrequests' }),
    developer: () => ({ ...seenAlike(`in ${space.name}`), repos: 'may not list backuprepos', actionSets: 'may not list actionsets' }),
    nobody: () => ({
      clusters: 'may not list clusters',
      backups: 'may not list backups',
      policies: 'may not list backuppolicies',
      schedules: 'may not list backupschedules',
      repos: 'may not list backuprepos',
      actionSets: 'may not list actionsets',
      restores: 'may not list restores',
      opsRequests: 'may not list opsrequests',
    }),
  };

  for (const user of ['administrator', 'viewer', 'developer', 'nobody'] as const) {
    it(`is seen by the ${user}, and known by one review as by one for each verb and kind`, async () => {
      const product = new Product(await sharedCluster(), space.name, user);
      try {
        await product.until('every list is read or refused', isEveryListKnown);
        assert.deepEqual(seenLists(product.inventory), seen[user]());
        const rights = await reviewRights(product.deps.api, space.name);
        for (const resource of [...DATA_PROTECTION, KINDS.opsRequest, KINDS.cluster]) {
          for (const verb of ['list', 'create', 'patch', 'delete']) {
            assert.equal(rights(verb, resource), await product.session.api.canI(verb, resource, space.name), `${verb} ${resource.plural}`);
          }
        }
      } finally {
        product.dispose();
      }
      assert.deepEqual(product.logger.lines.filter((line) => /^(warn|error)/.test(line)), []);
    });
  }
});

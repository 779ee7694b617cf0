import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { PLAYGROUND_CONTEXT, PLAYGROUND_NAMESPACE } from '../../src/playground/kubeconfig';
import { createPlayground, type Playground } from '../../src/playground/playground';
import { VIEW_IDS, type ViewId } from '../../src/ui/views/viewIds';
import { contextValueOf, type TreeNode } from '../../src/ui/views/treeNode';
import type { CommandId } from '../../src/ui/commands/commandIds';
import { PlaygroundApp } from '../support/playgroundApp';

const ROOT = path.resolve(__dirname, '../..');

interface Manifest {
  readonly contributes: {
    readonly commands: readonly { readonly command: CommandId }[];
    readonly menus: { readonly 'view/item/context': readonly { readonly command: CommandId; readonly when: string }[] };
  };
}
const { contributes } = JSON.parse(readFileSync(path.join(ROOT, 'package.json'), 'utf8')) as Manifest;

/** Everybody that the playground lets in: who may do all, who may only look, who may work in one namespace, who may do nothing. */
const USERS = { administrator: '', viewer: '-viewer', developer: '-developer', nobody: '-nobody' } as const;
type User = keyof typeof USERS;
const ALL = Object.keys(USERS) as User[];

/** What a command ends with where it is called without a line, as one sentence. */
type Outcome = string | RegExp;

const noLists = (verb: string, resource: string): RegExp => new RegExp(`^error: There is nothing to choose: you may not ${verb} ${resource}\\. .*\\[Copy the Rule to Ask For, Show Log\\]$`);
const NO_BACKUPS = noLists('list', 'backups');
const NO_REPOSITORIES = noLists('list', 'backuprepos');
const NO_PROVIDERS = noLists('list', 'storageproviders');
const NO_CLUSTERS = noLists('list', 'clusters');
const mayNot = (what: string, verb: string): RegExp =>
  new RegExp(`^error: BackupPolicy by-hand (would|could) not ${what}: you may not ${verb} backuppolicies\\.dataprotection\\.kubeblocks\\.io in namespace playground\\. .*\\[Copy the Rule to Ask For, Show Log\\]$`);
/** Whether there is something to switch depends on what the commands before it changed, and on how soon that is seen. */
const switched = (to: 'on' | 'off'): RegExp => new RegExp(`^(info: \\S+ of cache is ${to}\\b|error: There is no method to choose: none of policy cache-redis-backup-policy fits)`);
const same = (outcome: Outcome): Record<User, Outcome> => ({ administrator: outcome, viewer: outcome, developer: outcome, nobody: outcome });

/** Each command by each user, called from the palette, answered as a person does who presses Enter. */
const FROM_PALETTE: Readonly<Record<CommandId, Readonly<Record<User, Outcome>>>> = {
  'kubeblocksBackup.backUpNow': { ...same(/^info: Nobody waits for backup cache-/), viewer: NO_CLUSTERS, nobody: NO_CLUSTERS },
  'kubeblocksBackup.backUpSeveral': { ...same(/^info: 0 of 1 backups are complete\. 1 were not begun\.$/), viewer: NO_CLUSTERS, nobody: NO_CLUSTERS },
  'kubeblocksBackup.restore': {
    ...same(/^info: Nobody waits for the restore into /),
    viewer: /^refused in the question: OpsRequest \S+ would not be accepted: you may not create opsrequests\.operations\.kubeblocks\.io in namespace playground\. Ask an administrator for the right\. \[Copy the Rule to Ask For\]$/,
    nobody: NO_BACKUPS,
  },
  // The plan that Restore showed last.
  'kubeblocksBackup.startRestorePlan': {
    ...same(/^info: Nobody waits for the restore into /),
    viewer: /^error: OpsRequest \S+ could not be created: you may not create opsrequests\.operations\.kubeblocks\.io in namespace playground\. .*\[Copy the Rule to Ask For, Show Log\]$/,
    nobody: /^error: There is no restore plan in this window \(any more\)\. Make one with Restore…\. \[Restore…, Show Log\]$/,
  },
  'kubeblocksBackup.changeRestorePlan': {
    ...same(/^error: The plan to restore into \S+ was started already, so it cannot be changed\. /),
    viewer: /^refused in the question: OpsRequest \S+ would not be accepted: you may not create opsrequests/,
    nobody: /^error: There is no restore plan in this window/,
  },
  'kubeblocksBackup.exportRestorePlan': { ...same(/^copies kind: OpsRequest$/), nobody: /^error: There is no restore plan in this window/ },
  'kubeblocksBackup.openRestorePlan': same(/^error: The link opens no restore plan: it is not whole, or not one of KubeBlocks Backup\. Ask for a new one\. \[Show Log\]$/),
  // The claim is that of a database that runs; who may not look is told by the server.
  'kubeblocksBackup.restoreVolumes': {
    ...same(/^refused in the question: Claim data-cache-redis-0 is in use by cache-redis-0: its files would be written under a running database\. Stop it first\./),
    viewer: /^refused in the question: Restore \S+ would not be accepted: you may not create restores\.dataprotection\.kubeblocks\.io in namespace playground\. Ask an administrator for the right\. \[Copy the Rule to Ask For\]$/,
    nobody: NO_BACKUPS,
  },
  'kubeblocksBackup.scheduleBackups': { ...same(/^info: \S+ of cache is on and runs next /), viewer: NO_CLUSTERS, nobody: NO_CLUSTERS },
  'kubeblocksBackup.turnScheduleOff': { ...same(switched('off')), viewer: NO_CLUSTERS, nobody: NO_CLUSTERS },
  'kubeblocksBackup.runScheduleNow': { ...same(/^info: Nobody waits for backup cache-/), viewer: NO_CLUSTERS, nobody: NO_CLUSTERS },
  // Who may not read the template is warned, and may try.
  'kubeblocksBackup.deleteSchedule': { ...same(/^info: \S+ of schedule \S+ is off, and still there\.$/), administrator: /^refused in the question: KubeBlocks adds \S+ again from template/, viewer: NO_CLUSTERS, nobody: NO_CLUSTERS },
  'kubeblocksBackup.mendSchedule': { ...same(/^info: Nobody waits for schedule \S+ any more\.$/), viewer: NO_CLUSTERS, nobody: NO_CLUSTERS },
  'kubeblocksBackup.changePolicyRepository': { ...same(NO_REPOSITORIES), administrator: /^info: The backups of \S+ go to offsite from now on\.$/, viewer: NO_CLUSTERS, nobody: NO_CLUSTERS },
  'kubeblocksBackup.changePolicy': { ...same(/^info: Policy cache-redis-backup-policy is changed\. \[Show\]$/), viewer: NO_CLUSTERS, nobody: NO_CLUSTERS },
  'kubeblocksBackup.turnLogBackupOn': { ...same(switched('on')), viewer: NO_CLUSTERS, nobody: NO_CLUSTERS },
  'kubeblocksBackup.turnLogBackupOff': { ...same(switched('off')), viewer: NO_CLUSTERS, nobody: NO_CLUSTERS },
  'kubeblocksBackup.changeRetention': {
    ...same(/^info: Backup cache-\S+ was changed\. (Is counted from when it ends|Expires .*)\.$/),
    viewer: /^refused in the question: The change of backup \S+ would not be accepted: you may not patch backups\/status\.dataprotection\.kubeblocks\.io in namespace playground\. .* \[Copy the Rule to Ask For\]$/,
    nobody: NO_BACKUPS,
  },
  'kubeblocksBackup.checkRestore': { ...same(/^shows the page of it in kubeblocks-playground/), nobody: NO_BACKUPS },
  'kubeblocksBackup.showTimeline': { ...same('shows the timeline of cluster'), viewer: 'shows the timeline of backup', nobody: NO_BACKUPS },
  'kubeblocksBackup.showLineage': { ...same('shows lineage of backup'), nobody: NO_BACKUPS },
  'kubeblocksBackup.compareCluster': { ...same(/^(compares|info: No difference: )/), viewer: NO_CLUSTERS, nobody: NO_BACKUPS },
  'kubeblocksBackup.applyManifest': { ...same(/^info: Applied to kubeblocks-playground\S*: BackupPolicy by-hand\. \[Show\]$/), viewer: mayNot('be accepted', 'patch'), nobody: mayNot('be accepted', 'get') },
  'kubeblocksBackup.diffManifest': {
    ...same(/^info: No difference: BackupPolicy by-hand is in kubeblocks-playground\S* as it is written\.$/),
    viewer: mayNot('be accepted', 'patch'),
    nobody: mayNot('be accepted', 'get'),
  },
  'kubeblocksBackup.deleteManifest': {
    ...same(/^info: Deleted from kubeblocks-playground\S*: BackupPolicy by-hand\.$/),
    viewer: /^info: Nothing to delete: kubeblocks-playground-viewer has no BackupPolicy by-hand\.$/,
    nobody: mayNot('be deleted', 'get'),
  },
  'kubeblocksBackup.convertManifest': same('info: policy.yaml fits KubeBlocks 1.2 as it is.'),
  'kubeblocksBackup.createRepository': { ...same(NO_PROVIDERS), administrator: /^info: Nobody waits for repository pvc any more; its check goes on in the cluster\. \[Show\]$/ },
  'kubeblocksBackup.setDefaultRepository': { ...same(NO_REPOSITORIES), administrator: /^error: Repository offsite was not made the default: Repository main-store is the default already\. .*\[Show Log\]$/ },
  'kubeblocksBackup.unsetDefaultRepository': { ...same(NO_REPOSITORIES), administrator: /^info: main-store is the default no more\. Until another repository is, backups that name none fail\.$/ },
  'kubeblocksBackup.rotateCredentials': { ...same(NO_REPOSITORIES), administrator: /^info: Nobody waits for repository main-store any more; its check goes on in the cluster\. \[Show\]$/ },
  'kubeblocksBackup.deleteRepository': { ...same(NO_REPOSITORIES), administrator: /^error: Repository main-store was not deleted: backups are in it \(.* and \d+ more\), and KubeBlocks would keep it in Deleting/ },
  'kubeblocksBackup.diagnose': { ...same('shows diagnosis of backup'), nobody: NO_BACKUPS },
  'kubeblocksBackup.startFix': { ...same(/^(shows describe of \w+|runs kubeblocksBackup\.\w+)$/), viewer: /^error: There is nothing to start against what cache-\S+ has\./, nobody: NO_BACKUPS },
  'kubeblocksBackup.copyReport': { ...same(/^copies .*info: Copied what was found about /), nobody: NO_BACKUPS },
  'kubeblocksBackup.describe': { ...same('shows describe of cluster'), viewer: 'shows describe of backup', nobody: NO_CLUSTERS },
  'kubeblocksBackup.showYaml': { ...same('shows yaml of cluster'), viewer: 'shows yaml of backup', nobody: NO_CLUSTERS },
  'kubeblocksBackup.showEngineMatrix': same('shows the engine matrix'),
  'kubeblocksBackup.showAddonManifest': same('previews prometheus-addon.yaml'),
  'kubeblocksBackup.copyName': { ...same(/^copies \S+$/), nobody: NO_CLUSTERS },
  'kubeblocksBackup.revealInTree': { ...same('reveals cluster'), viewer: 'reveals backup', nobody: NO_CLUSTERS },
  'kubeblocksBackup.refresh': same(''),
  'kubeblocksBackup.chooseContext': same(''),
  'kubeblocksBackup.chooseKubeconfig': same(''),
  'kubeblocksBackup.openPlayground': same('brings the side bar forward; opens a playground'),
  'kubeblocksBackup.closePlayground': same('closes the playground'),
  'kubeblocksBackup.groupBackupSets': same('groups by cluster'),
  'kubeblocksBackup.filterBackupSets': same(''),
  'kubeblocksBackup.clearBackupSetFilter': same(''),
  'kubeblocksBackup.copyPermissionRule': {
    ...same(/^copies kind: ClusterRole; info: Copied a role that allows it\./),
    administrator: /^error: There is no rule to ask for: everything that was asked was allowed\./,
  },
  'kubeblocksBackup.showMore': same(''),
  'kubeblocksBackup.showLog': same('shows the log'),
  // The last, because what they delete may stand in the lists for a moment longer.
  'kubeblocksBackup.deleteBackupSet': {
    ...same('deletes'),
    viewer: /^error: Backup \S+ could not be deleted: you may not delete backups\.dataprotection\.kubeblocks\.io in namespace playground\. .*\[Copy the Rule to Ask For, Show Log\]$/,
    nobody: NO_BACKUPS,
  },
  'kubeblocksBackup.deleteBackupSets': { ...same(/^(deletes|info: No backup set fits)/), viewer: /^error: 1 of 1 backup sets were not deleted\. Backup \S+ could not be deleted: you may not delete backups\.dataprotection\.kubeblocks\.io in namespace playground\. .*\[Show Log\]$/, nobody: NO_BACKUPS },
};

/** What Enter alone cannot answer: another retention, a provider whose settings all have defaults. */
const ANSWERS: Readonly<Partial<Record<CommandId, readonly (readonly [title: RegExp, reply: string])[]>>> = {
  'kubeblocksBackup.changeRetention': [[/^How long/, '30d']],
  'kubeblocksBackup.restoreVolumes': [[/^Claim for volume/, 'data-cache-redis-0']],
  'kubeblocksBackup.changePolicyRepository': [[/^Change Repository/, 'cache-redis-backup-policy'], [/^Change Repository/, 'offsite']],
  'kubeblocksBackup.changePolicy': [[/^Change Policy/, 'cache-redis-backup-policy'], [/^Change Policy/, 'Newest Backup']],
  'kubeblocksBackup.deleteBackupSets': [[/^Older than/, '1d']],
  'kubeblocksBackup.createRepository': [[/^Create Repository/, 'pvc']],
  'kubeblocksBackup.rotateCredentials': [[/^New /, 'another']],
};

/** The users on whose lines each command stands; the others find a reason on the line or have no such line. */
const ON_LINES: Readonly<Partial<Record<CommandId, readonly User[]>>> = {
  'kubeblocksBackup.backUpNow': ['administrator', 'developer'],
  'kubeblocksBackup.restore': ['administrator', 'developer'],
  'kubeblocksBackup.showTimeline': ['administrator', 'developer'],
  'kubeblocksBackup.showLineage': ['administrator', 'viewer', 'developer'],
  'kubeblocksBackup.compareCluster': ['administrator', 'viewer', 'developer'],
  'kubeblocksBackup.checkRestore': ['administrator', 'viewer', 'developer'],
  'kubeblocksBackup.restoreVolumes': ['administrator', 'developer'],
  'kubeblocksBackup.scheduleBackups': ['administrator', 'developer'],
  'kubeblocksBackup.turnScheduleOff': ['administrator', 'developer'],
  'kubeblocksBackup.runScheduleNow': ['administrator', 'developer'],
  'kubeblocksBackup.deleteSchedule': ['administrator', 'developer'],
  'kubeblocksBackup.mendSchedule': ['administrator', 'developer'],
  'kubeblocksBackup.turnLogBackupOn': ['administrator', 'developer'],
  'kubeblocksBackup.turnLogBackupOff': ['administrator', 'developer'],
  'kubeblocksBackup.deleteBackupSet': ['administrator', 'developer'],
  'kubeblocksBackup.changeRetention': ['administrator', 'developer'],
  'kubeblocksBackup.deleteBackupSets': ['administrator', 'developer'],
  'kubeblocksBackup.changePolicyRepository': ['administrator', 'developer'],
  'kubeblocksBackup.changePolicy': ['administrator', 'developer'],
  'kubeblocksBackup.setDefaultRepository': ['administrator'],
  'kubeblocksBackup.unsetDefaultRepository': ['administrator'],
  'kubeblocksBackup.rotateCredentials': ['administrator'],
  'kubeblocksBackup.deleteRepository': ['administrator'],
  'kubeblocksBackup.diagnose': ['administrator', 'viewer', 'developer'],
  'kubeblocksBackup.describe': ['administrator', 'viewer', 'developer'],
  'kubeblocksBackup.showYaml': ['administrator', 'viewer', 'developer'],
  'kubeblocksBackup.copyName': ['administrator', 'viewer', 'developer'],
  'kubeblocksBackup.revealInTree': ['administrator', 'viewer', 'developer'],
  'kubeblocksBackup.copyPermissionRule': ['viewer', 'developer', 'nobody'],
  // Both only where the connection is lost.
  'kubeblocksBackup.refresh': [],
  'kubeblocksBackup.showLog': [],
};

/** What each user is told instead of each view's lines; the welcome texts say it where it is all there is. */
const REFUSED: Readonly<Record<ViewId, Readonly<Record<User, string>>>> = {
  'kubeblocksBackup.clusters': { administrator: '', viewer: 'you may not list clusters in namespace playground', developer: '', nobody: 'you may not list clusters in namespace playground' },
  'kubeblocksBackup.backupSets': { administrator: '', viewer: '', developer: '', nobody: 'you may not list backups in namespace playground' },
  'kubeblocksBackup.repositories': { administrator: '', viewer: 'you may not list backuprepos', developer: 'you may not list backuprepos', nobody: 'you may not list backuprepos' },
};

/** What the lines of those who may not do it say. */
const REASONS: Readonly<Record<User, readonly string[]>> = {
  administrator: [],
  viewer: ['Delete Backup Set: you may not delete backups in namespace playground', 'Restore: you may not create opsrequests in namespace playground'],
  developer: [],
  nobody: [],
};

describe('Commands and views of users with few rights', function () {
  this.timeout(120_000);

  it('are all in the table', () => {
    assert.deepEqual(Object.keys(FROM_PALETTE).toSorted(), contributes.commands.map(({ command }) => command).toSorted());
    assert.deepEqual(Object.keys(ON_LINES).toSorted(), [...new Set(contributes.menus['view/item/context'].map(({ command }) => command))].toSorted());
    assert.deepEqual(Object.keys(REFUSED), VIEW_IDS);
  });

  for (const user of ALL) {
    describe(user, () => {
      let playground: Playground;
      let app: PlaygroundApp;

      before(async () => {
        const folders = { schemasFolder: path.join(ROOT, 'schemas'), dataFolder: path.join(ROOT, 'src/playground') };
        playground = await createPlayground({ ...folders, line: '1.0', speed: 0, users: true, now: Date.UTC(2026, 0, 1) });
        app = new PlaygroundApp(playground, PLAYGROUND_CONTEXT + USERS[user]);
      });
      after(async () => {
        app.dispose();
        await playground.close();
      });

      it('opens every view and is told of nothing by a message', async () => {
        const lines = await app.lines();
        for (const view of VIEW_IDS) {
          const refused = lines[view].filter(({ tokens = [] }) => tokens.includes('forbidden')).map(({ description = '' }) => description);
          assert.equal(refused.join(), REFUSED[view][user], view);
          assert.equal(lines[view].length > refused.length, REFUSED[view][user] === '', `${view} has lines of its own`);
        }
        assert.deepEqual([app.prompts.told, app.log.errors], [[], []]);
      });

      it('finds on the lines what may be done, and why not what may not', async () => {
        const lines = Object.values(await app.lines()).flat().flatMap(opened);
        const stands = (command: CommandId): boolean =>
          contributes.menus['view/item/context'].filter((entry) => entry.command === command).some(({ when }) => lines.some((line) => viewItemOf(when).test(contextValueOf(line))));
        for (const [command, users] of Object.entries(ON_LINES) as [CommandId, readonly User[]][]) {
          assert.equal(stands(command), users.includes(user), `${command} on a line`);
        }
        const reasons = new Set(lines.flatMap(({ tooltip = '' }) => [...tooltip.matchAll(/(Back Up Now|Restore|Delete Backup Set): (you may not [a-z]+ [a-z]+ in namespace [a-z]+)/g)].map(([text]) => text)));
        assert.deepEqual([...reasons].toSorted(), REASONS[user]);
      });

      it('is asked about by one review a namespace, for all lines of all views', async () => {
        await app.lines();
        assert.deepEqual(app.reviews.map(({ namespace }) => namespace), user === 'nobody' ? [] : [PLAYGROUND_NAMESPACE]);
      });

      if (user === 'viewer') {
        it('is told by a diagnosis what it could not read', async () => {
          await app.outcomeOf('kubeblocksBackup.diagnose');
          assert.match(app.pages.at(-1) ?? '', /## What could not be read[\s\S]*may not list jobs[\s\S]*may not list pods/);
        });
      }

      for (const [command, outcomes] of Object.entries(FROM_PALETTE) as [CommandId, Readonly<Record<User, Outcome>>][]) {
        it(`calls ${command}: ${String(outcomes[user]) || 'it is done'}`, async () => {
          const outcome = await app.outcomeOf(command, undefined, (prompts) => ANSWERS[command]?.forEach(([question, answer]) => prompts.when(question, answer)));
          const expected = outcomes[user];
          if (typeof expected === 'string') assert.equal(outcome, expected);
          else assert.match(outcome, expected);
          assert.deepEqual(app.log.errors, []);
        });
      }
    });
  }
});

function opened(node: TreeNode): readonly TreeNode[] {
  return [node, ...(node.children?.() ?? []).flatMap(opened)];
}

function viewItemOf(when: string): RegExp {
  return new RegExp(/viewItem =~ \/(;\w+;)\//.exec(when)?.[1] ?? 'never');
}

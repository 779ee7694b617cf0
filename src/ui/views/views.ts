import * as vscode from 'vscode';
import type { Inventory } from '../../kubeblocks/inventory';
import { systemClock } from '../../kubernetes/systemClock';
import type { Logger } from '../../operations/ports';
import type { TimeContext } from '../../kubeblocks/timeText';
import type { Settings, Views } from '../app';
import type { ActiveCluster } from '../connection/activeCluster';
import type { ContextRules } from '../connection/contextRules';
import type { Rights } from '../../kubernetes/rights';
import type { KnownByNamespace } from '../connection/knownByNamespace';
import { knownRights, knownSuspended } from '../connection/knownOfLines';
import type { ContextKeyWriter } from '../contextKeys';
import { refKey, type ObjectRef } from '../objectRef';
import type * as tree from './buildTree';
import { OneATurn } from './oneATurn';
import type { NodeCommand, TreeNode } from './treeNode';
import { clip } from './clip';
import { View } from './view';
import { VIEW_IDS, type ViewId } from './viewIds';
import { connectionKey, viewKey } from './viewStates';
import { connectionWords } from './connectionWords';
import { withProgress } from './withProgress';

export interface SideBarDeps {
  readonly active: ActiveCluster;
  readonly settings: Settings;
  readonly contextRules: Pick<ContextRules, 'of'>;
  readonly keys: ContextKeyWriter;
  readonly time: () => TimeContext;
  readonly logger: Logger;
}

const CLUSTERS: ViewId = 'kubeblocksBackup.clusters';

/** The three views of the side bar over the one inventory. */
export class SideBar implements Views, vscode.Disposable {
  private readonly views: ReadonlyMap<ViewId, View>;
  private readonly pages = new Map<string, number>();
  private readonly stop: () => void;
  private readonly rights: KnownByNamespace<Rights>;
  private readonly suspended: KnownByNamespace<ReadonlySet<string>>;
  private words = '';
  /** Undefined until a view is seen: what builds lines is read only then. */
  private tree: typeof tree | undefined;
  /** Where a line was selected last; each view keeps a selection of its own. */
  private selecting: View | undefined;

  constructor(private readonly deps: SideBarDeps) {
    const asking = { clock: systemClock, logger: deps.logger, onChange: () => this.changed() };
    this.rights = knownRights(deps.active, asking);
    this.suspended = knownSuspended(deps.active, asking);
    const turns = new OneATurn();
    this.views = new Map(
      VIEW_IDS.map((id) => [
        id,
        new View({ id, build: () => this.build(id), prepare: () => this.prepare(id), description: () => this.description(id), onVisible: () => this.start(), run: runCommand, clock: systemClock, turns }),
      ]),
    );
    this.views.forEach((view) => view.onDidSelect(() => (this.selecting = view)));
    this.stop = deps.active.onDidChange(() => this.changed());
    this.writeKeys();
  }

  /** The present tree of a view as plain nodes. */
  build(id: ViewId): readonly TreeNode[] {
    const inventory = this.shownInventory;
    if (inventory === undefined || this.tree === undefined) {
      return [];
    }
    const pages = (groupId: string): number => this.pagesOf(groupId);
    const options = { groupBy: this.deps.settings.groupBy, filter: this.words, pages, rightsIn: (namespace: string) => this.rights.in(namespace), suspendedIn: (namespace: string) => this.suspended.in(namespace) };
    const nodes = this.tree.buildTree(id, inventory, options, this.deps.time());
    const onlyRefused = nodes.length === 1 && nodes[0]?.tokens?.includes('forbidden') === true;
    return onlyRefused ? [] : nodes;
  }

  private prepare(id: ViewId): Iterable<void> {
    const inventory = this.shownInventory;
    return inventory === undefined || this.tree === undefined ? [] : this.tree.prepareTree(id, inventory, this.deps.time());
  }

  /** What the welcome texts say needs no line; a line hides them. */
  private get shownInventory(): Inventory | undefined {
    const { inventory, state } = this.deps.active;
    return connectionKey(state) === 'connected' ? inventory : undefined;
  }

  get filter(): string {
    return this.words;
  }

  set filter(words: string) {
    this.words = words.trim();
    this.changed();
  }

  get selection(): TreeNode | undefined {
    return this.selecting?.selection;
  }

  async reveal(ref: ObjectRef): Promise<boolean> {
    await this.load();
    const [view, depth] = placeOf(ref);
    const key = refKey(ref);
    const isObject = (node: TreeNode): boolean => node.target !== undefined && refKey(node.target) === key && node.tokens?.includes('object') === true;
    return (await this.views.get(view)?.reveal(isObject, depth)) ?? false;
  }

  async focus(): Promise<void> {
    await vscode.commands.executeCommand(`${CLUSTERS}.focus`);
  }

  showMore(groupId: string): void {
    this.pages.set(groupId, this.pagesOf(groupId) + 1);
    this.changed();
  }

  withProgress = withProgress;

  /** Something the views show changed. */
  changed(): void {
    this.writeKeys();
    this.views.forEach((view) => view.changed());
  }

  dispose(): void {
    this.stop();
    this.views.forEach((view) => view.dispose());
  }

  private pagesOf(groupId: string): number {
    return this.pages.get(groupId) ?? 1;
  }

  private start(): void {
    this.deps.active.start();
    void this.load();
  }

  private async load(): Promise<void> {
    if (this.tree === undefined) {
      this.tree = await import('./buildTree.js');
      this.changed();
    }
  }

  private description(id: ViewId): string | undefined {
    if (id === CLUSTERS) {
      return this.connectionWords();
    }
    return id === 'kubeblocksBackup.backupSets' && this.words !== '' ? vscode.l10n.t('filter: {0}', this.words) : undefined;
  }

  /** What is looked at; where nothing can be shown, why. A welcome text cannot say it: it is fixed. */
  private connectionWords(): string | undefined {
    const { state, session } = this.deps.active;
    if (state.state === 'unusable') {
      return clip(state.message);
    }
    if (session === undefined) {
      return undefined;
    }
    const { connection } = session.inventory;
    if (connection.state === 'failed' && connectionKey(state) === 'failed') {
      return `${session.context} · ${clip(connection.message)}`;
    }
    return connectionWords(session, this.deps.contextRules);
  }

  private writeKeys(): void {
    const { keys, active, contextRules } = this.deps;
    keys.set('kubeblocksBackup.state', connectionKey(active.state));
    keys.set('kubeblocksBackup.filtered', this.words !== '');
    keys.set('kubeblocksBackup.readOnly', active.session !== undefined && contextRules.of(active.session.context) === 'readOnly');
    const { inventory } = active;
    if (inventory !== undefined) {
      const { clusters, backups, repos } = inventory;
      keys.set('kubeblocksBackup.clusters', viewKey(clusters.state, clusters.items.size > 0, false));
      keys.set('kubeblocksBackup.backupSets', viewKey(backups.state, backups.items.size > 0 && this.words === '', this.words !== '' && backups.items.size > 0));
      keys.set('kubeblocksBackup.repositories', viewKey(repos.state, repos.items.size > 0, false));
    }
  }
}

async function runCommand({ command, arguments: args }: NodeCommand): Promise<void> {
  await vscode.commands.executeCommand(command, ...args);
}

/** The view that shows such an object, and how many levels below its roots. */
function placeOf({ kind }: ObjectRef): readonly [ViewId, number] {
  switch (kind) {
    case 'backup':
      return ['kubeblocksBackup.backupSets', 1];
    case 'backupRepo':
      return ['kubeblocksBackup.repositories', 0];
    case 'cluster':
      return [CLUSTERS, 0];
    default:
      return [CLUSTERS, 2];
  }
}

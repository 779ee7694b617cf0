import assert from 'node:assert/strict';
import { PLAYGROUND_NAMESPACE } from '../../src/playground/kubeconfig';
import { convert } from '../../src/manifest/assist/convert';
import { judgeFile } from '../../src/manifest/judgeFile';
import { readFile } from '../../src/manifest/manifestFile';
import type { OpenManifest } from '../../src/ui/manifests';
import { dialectOf } from './manifestDialect';
import type { CollectionName } from '../../src/kubeblocks/inventory';
import { connect } from '../../src/kubernetes/clusterSession';
import type { Rights } from '../../src/kubernetes/rights';
import type { ClusterSession } from '../../src/kubernetes/session';
import { systemClock } from '../../src/kubernetes/systemClock';
import type { Playground } from '../../src/playground/playground';
import type { App } from '../../src/ui/app';
import type { CommandId } from '../../src/ui/commands/commandIds';
import { COMMANDS } from '../../src/ui/commands/commandTable';
import { createCommandRunner } from '../../src/ui/commands/runCommand';
import { ActiveCluster } from '../../src/ui/connection/activeCluster';
import { ContextRules } from '../../src/ui/connection/contextRules';
import type { KnownByNamespace } from '../../src/ui/connection/knownByNamespace';
import { knownRights } from '../../src/ui/connection/knownOfLines';
import { createOperations } from '../../src/ui/connection/operations';
import { whenListed } from '../../src/ui/connection/whenListed';
import { createDocumentText } from '../../src/ui/documents/documentText';
import { FollowedObjects } from '../../src/ui/following/followed';
import type { Answer, PickRequest } from '../../src/ui/prompts/prompts';
import { redirectable } from '../../src/ui/prompts/redirectable';
import { OpenPlans } from '../../src/ui/restorePlans/openPlans';
import { buildTree } from '../../src/ui/views/buildTree';
import type { TreeNode } from '../../src/ui/views/treeNode';
import { VIEW_IDS, type ViewId } from '../../src/ui/views/viewIds';
import { readKubeconfigText } from './kubeconfigText';
import { RecordingLogger } from './recordingLogger';
import { ScriptedPrompts } from './scriptedPrompts';

/** The manifest in front: a policy of nobody's, so that no controller writes to it. */
const MANIFEST = `apiVersion: dataprotection.kubeblocks.io/v1alpha1
kind: BackupPolicy
metadata:
  name: by-hand
  namespace: ${PLAYGROUND_NAMESPACE}
spec:
  target:
    podSelector:
      matchLabels:
        app: by-hand
  backupMethods:
    - name: volume-snapshot
      snapshotVolumes: true
      targetVolumes:
        volumes:
          - data
`;

function manifestOf(text: string): OpenManifest {
  const file = readFile(text);
  return {
    name: 'policy.yaml',
    uri: 'file:///manifests/policy.yaml',
    file,
    cursor: 0,
    line: '1.0',
    judge: (line) => Promise.resolve(judgeFile(file, [], dialectOf(line))),
    convert: (from, to) => Promise.resolve(convert(file, dialectOf(from), dialectOf(to), [])),
    edit: () => Promise.resolve(true),
  };
}

/** The extension without VS Code over a real session with a playground. */
export class PlaygroundApp {
  /** Who answers; another person for each command. */
  prompts = new Hurried();
  private readonly redirectable = redirectable(this.prompts);
  readonly log = Object.assign(new RecordingLogger(), { show: () => void this.done.push('shows the log') });
  /** What commands did besides asking and telling, in words. */
  readonly done: string[] = [];
  /** Texts of the pages that were shown. */
  readonly pages: string[] = [];
  /** Names of the texts that were shown beside. */
  readonly previews: string[] = [];
  readonly restorePlans: OpenPlans;
  readonly active: ActiveCluster;
  /** The questions about rights that were put to the server. */
  readonly reviews: { readonly namespace: string | undefined; readonly answer: Promise<unknown> }[] = [];
  private readonly rights: KnownByNamespace<Rights>;
  private readonly app: App;

  constructor(
    playground: Playground,
    context: string,
    /** Until when what was started is waited for; not at all by default. */
    waiting = AbortSignal.abort(),
  ) {
    const { log, done } = this;
    const read = () => readKubeconfigText(playground.kubeconfig);
    const did = (what: string): Promise<void> => {
      done.push(what);
      return Promise.resolve();
    };
    const connected = { context };
    this.active = new ActiveCluster({
      source: {
        read: () => Promise.resolve(read()),
        connect: (_file, name) => Promise.resolve(this.connected(connect(read(), name, { logger: log, clock: systemClock, env: {} }))),
        watch: () => () => undefined,
      },
      logger: log,
      isTrusted: () => true,
      kubeconfigFile: () => undefined,
      rememberedContext: () => connected.context,
      rememberContext: (name) => (connected.context = name),
    });
    this.rights = knownRights(this.active, { clock: systemClock, logger: log, onChange: () => undefined });
    const contextRules = new ContextRules(() => ({ readOnlyContexts: [], protectedContexts: [] }));
    const operations = createOperations(this.active, contextRules, log);
    const time: App['time'] = () => ({ now: this.active.session?.time.now() ?? systemClock.now(), timeZone: 'UTC' });
    const textOf = createDocumentText({ operations, time, chosenLine: () => undefined });
    const memory = { followed: undefined as unknown, plans: undefined as unknown };
    const followed = new FollowedObjects({ read: () => memory.followed, write: (all) => (memory.followed = all) });
    this.restorePlans = new OpenPlans(followed, { read: () => memory.plans, write: (all) => (memory.plans = all) });
    this.app = {
      active: this.active,
      operations,
      contextRules,
      followed,
      prompts: this.redirectable,
      log,
      clock: systemClock,
      time,
      documents: {
        show: async (address) => {
          if (address.form === 'preview') return;
          const text = await textOf(address).catch((error: unknown) => (error instanceof Error ? error.message : String(error)));
          this.pages.push(text);
          done.push(address.form === 'engines' ? 'shows the engine matrix' : `shows ${address.form} of ${address.ref.kind}`);
        },
        preview: (name) => {
          this.previews.push(name);
          return Promise.resolve();
        },
        page: (title, text) => {
          this.pages.push(text);
          return did(`shows the page of ${title.replace(/^\S+/, 'it')}`);
        },
        diagnosisInFront: undefined,
        refreshOpen: () => undefined,
        compare: () => did('compares'),
      },
      dialectOf: (line) => Promise.resolve(dialectOf(line)),
      timelines: { show: ({ ref }) => did(`shows the timeline of ${ref.kind}`) },
      manifests: { open: () => Promise.resolve(manifestOf(MANIFEST)) },
      views: {
        selection: undefined,
        filter: '',
        reveal: ({ kind }) => did(`reveals ${kind}`).then(() => true),
        focus: () => did('brings the side bar forward'),
        showMore: (id) => void done.push(`shows more of ${id}`),
        withProgress: (_title, task) => task(() => undefined, waiting),
      },
      playground: { isRunning: false, open: () => did('opens a playground').then(() => '/nowhere'), close: () => did('closes the playground') },
      settings: { groupBy: 'cluster', backUpAs: 'Backup', kubeblocksLine: undefined, setGroupBy: (by) => did(`groups by ${by}`), setKubeconfig: () => did('uses another kubeconfig') },
      restorePlans: this.restorePlans,
      saveFile: (name) => did(`saves ${name}`),
      linkTo: (path, query) => `vscode://kubeblocks-backup${path}?${query}`,
      copy: (text) => did(`copies ${text.split('\n').find((line) => /^kind:/.test(line)) ?? text}`),
      chooseFile: () => Promise.resolve(undefined),
      runCommand: (command) => did(`runs ${command}`),
    };
  }

  /** The lines of every view, by view, once every list was read or refused and every question about rights answered. */
  async lines(): Promise<Readonly<Record<ViewId, readonly TreeNode[]>>> {
    const inventory = await whenListed(this.active, LISTS, AbortSignal.timeout(30_000));
    assert.ok(inventory);
    const build = (view: ViewId): readonly TreeNode[] => {
      const options = { groupBy: 'cluster', filter: '', pages: () => 1, rightsIn: (namespace: string) => this.rights.in(namespace) } as const;
      return buildTree(view, inventory, options, this.app.time());
    };
    VIEW_IDS.flatMap(build).forEach(openAll);
    await Promise.all(this.reviews.map(({ answer }) => answer));
    return Object.fromEntries(VIEW_IDS.map((view) => [view, build(view)])) as Record<ViewId, readonly TreeNode[]>;
  }

  /** What a command ends with, in words: what it did, what it told, where it was refused. Without an argument it is called without a line. */
  async outcomeOf(id: CommandId, argument?: unknown, answers: (prompts: ScriptedPrompts) => void = () => undefined): Promise<string> {
    this.prompts = new Hurried();
    answers(this.prompts);
    this.redirectable.redirect(this.prompts);
    this.done.length = 0;
    this.previews.length = 0;
    await createCommandRunner(this.app)(id, COMMANDS[id], argument);
    const { told, refusal, confirmed } = this.prompts;
    const words = [...this.done, ...told.map(({ level, message, actions }) => `${level}: ${message}${buttons(actions)}`), ...(refusal === undefined ? [] : [`refused in the question: ${refusal}`])];
    if (words.length > 0) return words.join('; ');
    return confirmed.length > 0 ? 'deletes' : this.previews.map((name) => `previews ${name}`).join('; ');
  }

  dispose(): void {
    this.active.dispose();
  }

  private connected(session: ClusterSession): ClusterSession {
    const { api } = session;
    const create = api.create.bind(api);
    const recording: typeof api.create = (resource, object, options) => {
      const answer = create(resource, object, options);
      if (resource.plural === 'selfsubjectrulesreviews') {
        this.reviews.push({ namespace: (object as { readonly spec?: { readonly namespace?: string } }).spec?.namespace, answer });
      }
      return answer;
    };
    Object.assign(api, { create: recording });
    return session;
  }
}

const LISTS: readonly CollectionName[] = ['clusters', 'backups', 'policies', 'schedules', 'repos', 'actionSets', 'restores', 'opsRequests', 'storageProviders', 'snapshotClasses'];

/** Presses Enter, and leaves where the last of several steps begins with a refusal. */
class Hurried extends ScriptedPrompts {
  refusal: string | undefined;

  override pick<T>(request: PickRequest<T>): Promise<Answer<T>> {
    const [first, ...others] = request.choices;
    if (first?.icon !== 'error' || request.position === undefined) {
      return super.pick(request);
    }
    const rule = others.filter(({ icon }) => icon === 'copy');
    this.refusal = `${[first.label, first.detail].join(': ')}${buttons(rule)}`;
    return Promise.resolve({ kind: 'cancelled' });
  }
}

function buttons(actions: readonly { readonly label: string }[]): string {
  return actions.length === 0 ? '' : ` [${actions.map(({ label }) => label).join(', ')}]`;
}

function openAll(node: TreeNode): void {
  node.children?.().forEach(openAll);
}

import type { Inventory } from '../../src/kubeblocks/inventory';
import { Submissions } from '../../src/operations/submissions';
import type { App, Log, Settings } from '../../src/ui/app';
import type { CommandId } from '../../src/ui/commands/commandIds';
import { COMMANDS } from '../../src/ui/commands/commandTable';
import { createCommandRunner, runInBackground } from '../../src/ui/commands/runCommand';
import { ActiveCluster } from '../../src/ui/connection/activeCluster';
import type { Operations } from '../../src/ui/connection/operations';
import { ContextRules, type ContextRuleSettings } from '../../src/ui/connection/contextRules';
import type { DocumentAddress } from '../../src/ui/documents/documentAddress';
import { FollowedObjects } from '../../src/ui/following/followed';
import { OpenPlans } from '../../src/ui/restorePlans/openPlans';
import { recallPlans } from '../../src/ui/restorePlans/recallPlans';
import { resumeFollowing } from '../../src/ui/following/resumeFollowing';
import type { OpenManifest } from '../../src/ui/manifests';
import type { ObjectRef } from '../../src/ui/objectRef';
import type { TreeNode } from '../../src/ui/views/treeNode';
import { anInventory, NOW } from './builders';
import { FakeSource, type FakeSession } from './fakeSession';
import { dialectOf } from './manifestDialect';
import { testDeps, type TestDeps } from './operationDeps';
import { RecordingLogger } from './recordingLogger';
import { ScriptedPrompts } from './scriptedPrompts';

export const ZONE = 'Europe/Berlin';

export interface TestAppOptions {
  readonly inventory?: Inventory;
  readonly contexts?: readonly string[];
  readonly trusted?: boolean;
  /** Told each time something waits for the cluster, with the number of that pause. */
  readonly onPause?: (pause: number) => void;
  readonly timeZone?: string;
  /** What survives a reload of the window. */
  readonly memory?: { followed: unknown; plans?: unknown };
  readonly rules?: Partial<ContextRuleSettings>;
  readonly backUpAs?: Settings['backUpAs'];
}

class TestLog extends RecordingLogger implements Log {
  shown = 0;

  show(): void {
    this.shown += 1;
  }
}

/** The extension without VS Code: real commands, connection and use cases over a scripted person and an API in memory. */
export class TestApp {
  readonly prompts = new ScriptedPrompts();
  readonly log = new TestLog();
  readonly deps: TestDeps;
  readonly source: FakeSource;
  readonly active: ActiveCluster;
  readonly shown: DocumentAddress[] = [];
  /** Pages that left what was in front where it was. */
  readonly shownBeside: DocumentAddress[] = [];
  /** What a timeline was asked for. */
  readonly timelines: { readonly context: string; readonly ref: ObjectRef }[] = [];
  readonly previews: { readonly name: string; readonly text: string }[] = [];
  /** Title, and the texts on both sides; an open text by its URI. */
  readonly compared: { readonly title: string; readonly before: string; readonly after: string }[] = [];
  /** The diagnosis in front. */
  diagnosis: { readonly context: string; readonly ref: ObjectRef } | undefined;
  /** The manifest in front. */
  manifest: OpenManifest | undefined;
  readonly copied: string[] = [];
  readonly saved: { readonly name: string; readonly text: string }[] = [];
  readonly restorePlans: OpenPlans;
  pagesRefreshed = 0;
  readonly revealed: ObjectRef[] = [];
  /** Commands that buttons ran, with their arguments. */
  readonly ran: (readonly unknown[])[] = [];
  readonly progress: string[] = [];
  readonly kubeconfigs: string[] = [];
  readonly remembered: string[] = [];
  /** What went on after a reload, until its end. */
  readonly resumed: Promise<void>[] = [];
  readonly playground = { opened: 0, closed: 0, failure: undefined as string | undefined };
  readonly views = { selection: undefined as TreeNode | undefined, filter: '', more: [] as string[], focused: 0, canReveal: true };
  groupBy: Settings['groupBy'] = 'cluster';
  file: string | undefined;
  trusted: boolean;
  /** Ends the waiting for what is followed. */
  stopWaiting = new AbortController();
  readonly contextRules: ContextRules;
  readonly followed: FollowedObjects;
  readonly app: App;
  private readonly run;

  constructor({ inventory = anInventory(), contexts = ['kind-prod'], trusted = true, onPause, timeZone = ZONE, rules = {}, memory = { followed: undefined }, backUpAs = 'Backup' }: TestAppOptions = {}) {
    this.trusted = trusted;
    this.followed = new FollowedObjects({ read: () => memory.followed, write: (all) => (memory.followed = all) });
    this.restorePlans = new OpenPlans(this.followed, { read: () => memory.plans, write: (all) => (memory.plans = all) });
    this.contextRules = new ContextRules(() => ({ readOnlyContexts: [], protectedContexts: [], ...rules }));
    this.deps = testDeps(onPause);
    this.source = new FakeSource(contexts, contexts[0], this.deps.api);
    this.active = new ActiveCluster({
      source: this.source,
      logger: this.log,
      isTrusted: () => this.trusted,
      kubeconfigFile: () => undefined,
      rememberedContext: () => undefined,
      rememberContext: (name) => this.remembered.push(name),
    });
    this.active.onDidChange(() => {
      if (this.session?.inventory.connection.state === 'connecting') {
        this.session.become({ ...inventory, context: this.session.context });
      }
    });
    this.app = this.createApp(timeZone, backUpAs);
    this.run = createCommandRunner(this.app);
    const run = runInBackground(this.app);
    recallPlans(this.app);
    resumeFollowing(this.app, (what, task) => {
      const resumed = run(what, task);
      this.resumed.push(resumed);
      return resumed;
    });
  }

  get session(): FakeSession | undefined {
    return this.active.session as FakeSession | undefined;
  }

  /** Runs a command as VS Code does; failures become notifications. */
  command(id: CommandId, argument?: unknown): Promise<void> {
    return this.run(id, COMMANDS[id], argument);
  }

  /** Each notification as its words and its buttons. */
  get told(): readonly (readonly string[])[] {
    return this.prompts.told.map(({ message, actions }) => [message, ...actions.map(({ label }) => label)]);
  }

  /** Presses the button on the latest notification that has it, and waits for what it does. */
  async press(button: string): Promise<void> {
    const action = this.prompts.told.flatMap(({ actions }) => actions.filter(({ label }) => label === button)).at(-1);
    if (action === undefined) {
      throw new Error(`no notification has a button ${button}`);
    }
    await ('run' in action ? action.run() : this.app.runCommand(action.command, ...(action.arguments ?? [])));
  }

  /** What the last question but `back` offered, by label. */
  offered(back = 0): readonly string[] {
    return this.prompts.picks.at(-1 - back)?.choices.map(({ label }) => label) ?? [];
  }

  /** The first line of the last question but `back`, whole: a refusal stands there. */
  firstLine(back = 0): string {
    const { label = '', detail } = this.prompts.picks.at(-1 - back)?.choices[0] ?? {};
    return detail === undefined ? label : `${label}: ${detail}`;
  }

  private operationsOf(session: FakeSession): Operations {
    const deps = { ...this.deps, api: this.contextRules.guard(session.context, this.deps.api) };
    return { ...deps, session, submissions: new Submissions(deps) };
  }

  private createApp(timeZone: string, backUpAs: Settings['backUpAs']): App {
    const operations: App['operations'] = ((known: WeakMap<object, ReturnType<App['operations']>>) => () => {
      const { session } = this;
      if (session === undefined) {
        return undefined;
      }
      const found = known.get(session) ?? this.operationsOf(session);
      known.set(session, found);
      return found;
    })(new WeakMap());
    const { views } = this;
    const diagnosis = (): typeof this.diagnosis => this.diagnosis;
    return {
      active: this.active,
      operations,
      contextRules: this.contextRules,
      followed: this.followed,
      prompts: this.prompts,
      log: this.log,
      clock: this.deps.clock,
      time: () => ({ now: NOW, timeZone }),
      documents: {
        show: (address, where) => done(() => (where === 'beside' ? this.shownBeside : this.shown).push(address)),
        preview: (name, text) => done(() => this.previews.push({ name, text })),
        page: (name, text) => done(() => this.previews.push({ name, text })),
        compare: (title, before, after) => done(() => this.compared.push({ title, before: 'uri' in before ? before.uri : before.text, after: after.text })),
        get diagnosisInFront() {
          return diagnosis();
        },
        refreshOpen: () => {
          this.pagesRefreshed += 1;
        },
      },
      manifests: { open: () => Promise.resolve(this.manifest) },
      dialectOf: (line) => Promise.resolve(dialectOf(line)),
      timelines: { show: (subject) => done(() => this.timelines.push(subject)) },
      views: {
        get selection() {
          return views.selection;
        },
        get filter() {
          return views.filter;
        },
        set filter(words) {
          views.filter = words;
        },
        reveal: (ref) => {
          this.revealed.push(ref);
          return Promise.resolve(views.canReveal);
        },
        focus: () => done(() => (views.focused += 1)),
        showMore: (id) => views.more.push(id),
        withProgress: (title, task) => {
          this.progress.push(title);
          return task((message) => this.progress.push(message), this.stopWaiting.signal);
        },
      },
      playground: {
        isRunning: false,
        open: () => {
          if (this.playground.failure !== undefined) {
            return Promise.reject(new Error(this.playground.failure));
          }
          this.playground.opened += 1;
          return Promise.resolve('/tmp/kubeconfig');
        },
        close: () => done(() => (this.playground.closed += 1)),
      },
      settings: {
        groupBy: this.groupBy,
        backUpAs,
        kubeblocksLine: undefined,
        setGroupBy: (value) => done(() => (this.groupBy = value)),
        setKubeconfig: (file) => done(() => this.kubeconfigs.push(file)),
      },
      restorePlans: this.restorePlans,
      copy: (text) => done(() => this.copied.push(text)),
      saveFile: (name, text) => done(() => this.saved.push({ name, text })),
      linkTo: (path, query) => `vscode://kubeblocks-backup${path}?${query}`,
      chooseFile: () => Promise.resolve(this.file),
      runCommand: (command, ...args) => done(() => this.ran.push([command, ...args])),
    };
  }
}

/** Does it and is done. */
function done(act: () => unknown): Promise<void> {
  act();
  return Promise.resolve();
}

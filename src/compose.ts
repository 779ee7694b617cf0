import * as path from 'node:path';
import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { KubeBlocksLine } from './kubeblocks/kinds';
import type { TimeContext } from './kubeblocks/timeText';
import { createClusterSource } from './kubernetes/clusterSource';
import { systemClock } from './kubernetes/systemClock';
import type { Dialect } from './manifest/dialect';
import type { App } from './ui/app';
import type { Command } from './ui/commands/command';
import { COMMAND_IDS } from './ui/commands/commandIds';
import { createCommandRunner, runInBackground } from './ui/commands/runCommand';
import { ActiveCluster } from './ui/connection/activeCluster';
import { ContextRules } from './ui/connection/contextRules';
import { createOperations } from './ui/connection/operations';
import { createContextKeys } from './ui/contextKeys';
import { isDiagnosisTitle } from './ui/documents/documentAddress';
import { DocumentProvider, titleInFront } from './ui/documents/documents';
import { keepPagesCurrent } from './ui/documents/pageUpkeep';
import type { ExtensionInternals } from './ui/internals';
import { FollowedObjects } from './ui/following/followed';
import { resumeFollowing } from './ui/following/resumeFollowing';
import { startLanguage } from './ui/language/language';
import { createLog } from './ui/log';
import { OpenPlans } from './ui/restorePlans/openPlans';
import { PLAN_PATH, parsePlanQuery } from './ui/restorePlans/planLink';
import { recallPlans } from './ui/restorePlans/recallPlans';
import { registerPlanLenses } from './ui/restorePlans/planLenses';
import { PlaygroundProcess } from './ui/playground/playgroundProcess';
import { showPlaygroundStatus } from './ui/playground/playgroundStatus';
import { redirectable } from './ui/prompts/redirectable';
import { createVscodePrompts } from './ui/prompts/vscodePrompts';
import { createSettings } from './ui/settings';
import { treeText } from './ui/views/treeText';
import type { Timelines } from './ui/timeline/timelines';
import { SideBar } from './ui/views/views';

export interface Composition {
  readonly disposable: vscode.Disposable;
  /** Only while the extension's own tests run. */
  readonly internals: ExtensionInternals | undefined;
}

const CONTEXT_MEMENTO = 'context';
const FOLLOWED_MEMENTO = 'followed';
const PLANS_MEMENTO = 'restorePlans';

/** Makes and connects the parts. Reads no kubeconfig and contacts nothing: that begins with a visible view or a command. */
export function compose(context: vscode.ExtensionContext): Composition {
  if (vscode.l10n.bundle !== undefined) {
    l10n.config({ contents: vscode.l10n.bundle });
  }
  const log = createLog();
  const settings = createSettings();
  const keys = createContextKeys();
  const time = (): TimeContext => {
    const here = systemClock.now();
    return { now: active.session?.time.now() ?? here, here, timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone };
  };

  const kubeconfigOfPlayground = path.join(context.globalStorageUri.fsPath, `playground-${process.pid}.yaml`);
  const playground: PlaygroundProcess = new PlaygroundProcess({
    program: path.join(context.extensionPath, 'dist', 'cli.js'),
    kubeconfig: kubeconfigOfPlayground,
    speed: () => settings.playgroundSpeed,
    logger: log,
    onExit: () => {
      keys.set('kubeblocksBackup.playground', false);
      void active.reopen();
    },
  });
  const active: ActiveCluster = new ActiveCluster({
    source: createClusterSource({ logger: log, clock: systemClock, editorHasProxy: () => settings.hasProxy }),
    logger: log,
    isTrusted: () => vscode.workspace.isTrusted,
    kubeconfigFile: () => (playground.isRunning ? kubeconfigOfPlayground : settings.kubeconfig),
    rememberedContext: () => context.workspaceState.get<string>(CONTEXT_MEMENTO),
    rememberContext: (name) => void context.workspaceState.update(CONTEXT_MEMENTO, name),
  });
  const prompts = redirectable(createVscodePrompts());
  const followed = new FollowedObjects({
    read: () => context.workspaceState.get(FOLLOWED_MEMENTO),
    write: (all) => void context.workspaceState.update(FOLLOWED_MEMENTO, all),
  });
  const restorePlans = new OpenPlans(followed, {
    read: () => context.workspaceState.get(PLANS_MEMENTO),
    write: (all) => void context.workspaceState.update(PLANS_MEMENTO, all),
  });
  const contextRules = new ContextRules(() => settings);
  const views = new SideBar({ active, settings, contextRules, keys, time, logger: log });
  const operations = createOperations(active, contextRules, log);
  const documents = new DocumentProvider(async (address) => {
    const { createDocumentText } = await import('./ui/documents/documentText.js');
    return createDocumentText({ operations, time, chosenLine: () => settings.kubeblocksLine })(address);
  });

  const language = startLanguage({
    extensionUri: context.extensionUri,
    logger: log,
    inventory: () => active.inventory,
    operations,
    canAct: true,
    onManifestInFront: (isInFront) => keys.set('kubeblocksBackup.manifest', isInFront),
    onDidChangeCluster: (listener) => active.onDidChange(listener),
    time: () => {
      const { now: nowMs, timeZone } = time();
      return { nowMs, timeZone };
    },
  });
  let timelines: Timelines | undefined;
  const openTimelines = async (): Promise<Timelines> => {
    const { Timelines } = await import('./ui/timeline/timelines.js');
    timelines ??= new Timelines({
      extensionUri: context.extensionUri,
      active,
      time,
      clock: systemClock,
      logger: log,
      restore: (ref, restoreTime) => app.runCommand('kubeblocksBackup.restore', { ...ref, restoreTime }),
      openText: (name, ref) => documents.show({ form: 'window', context: name, ref }),
    });
    return timelines;
  };

  let dialects: ((line: KubeBlocksLine) => Promise<Dialect>) | undefined;
  const openDialects = async (): Promise<(line: KubeBlocksLine) => Promise<Dialect>> => {
    const [{ createDialects }, { createSchemaReader }] = await Promise.all([import('./manifest/session/dialects.js'), import('./ui/language/schemaReader.js')]);
    return (dialects ??= createDialects(createSchemaReader(context.extensionUri)));
  };

  const app: App = {
    active,
    operations,
    contextRules,
    followed,
    prompts,
    log,
    clock: systemClock,
    time,
    documents,
    manifests: language.manifests,
    dialectOf: async (line) => (await openDialects())(line),
    timelines: { show: async (subject) => (await openTimelines()).show(subject) },
    views,
    playground: {
      get isRunning() {
        return playground.isRunning;
      },
      open: async () => {
        await vscode.workspace.fs.createDirectory(context.globalStorageUri);
        const kubeconfig = await playground.open();
        keys.set('kubeblocksBackup.playground', true);
        return kubeconfig;
      },
      close: () => playground.close(),
    },
    settings,
    restorePlans,
    copy: async (text) => vscode.env.clipboard.writeText(text),
    saveFile,
    linkTo: (path, query) => vscode.Uri.from({ scheme: vscode.env.uriScheme, authority: context.extension.id, path, query }).toString(true),
    chooseFile: async (openLabel) => (await vscode.window.showOpenDialog({ openLabel, canSelectMany: false }))?.[0]?.fsPath,
    runCommand: async (command, ...args) => {
      await vscode.commands.executeCommand(command, ...args);
    },
  };

  const run = createCommandRunner(app);
  const registrations = COMMAND_IDS.map((id) => {
    const command: Command = async (...call) => (await import('./ui/commands/commandTable.js')).COMMANDS[id](...call);
    return vscode.commands.registerCommand(id, (argument?: unknown) => run(id, command, argument));
  });
  const stopResuming = resumeFollowing(app, runInBackground(app));
  const writeDiagnosisKey = (): void => keys.set('kubeblocksBackup.diagnosis', isDiagnosisTitle(titleInFront()));
  const reactions = [
    vscode.window.tabGroups.onDidChangeTabs(writeDiagnosisKey),
    vscode.window.tabGroups.onDidChangeTabGroups(writeDiagnosisKey),
    { dispose: stopResuming },
    { dispose: recallPlans(app) },
    settings.onDidChange(({ kubeconfig }) => {
      if (kubeconfig && active.state.state !== 'idle') {
        void active.reopen();
      }
      views.changed();
    }),
    vscode.workspace.onDidGrantWorkspaceTrust(() => active.start()),
    language,
    new vscode.Disposable(keepPagesCurrent(active, documents, systemClock)),
    registerPlanLenses(restorePlans),
    vscode.window.registerUriHandler({ handleUri: ({ path, query }) => app.runCommand('kubeblocksBackup.openRestorePlan', path === PLAN_PATH ? parsePlanQuery(query) : undefined) }),
    vscode.window.registerWebviewPanelSerializer('kubeblocksBackup.timeline', {
      deserializeWebviewPanel: async (panel, state) => (await openTimelines()).revive(panel, state),
    }),
  ];

  const inOrder: readonly { dispose(): unknown }[] = [
    followed,
    ...registrations,
    ...reactions,
    showPlaygroundStatus(active),
    views,
    documents,
    active,
    playground,
    log,
  ];
  return {
    disposable: new vscode.Disposable(() => inOrder.forEach((part) => void part.dispose())),
    internals: context.extensionMode === vscode.ExtensionMode.Test ? internalsOf(active, views, prompts.redirect, () => timelines) : undefined,
  };
}

/** Overwriting is asked about by the dialog. */
async function saveFile(name: string, text: string): Promise<void> {
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
  const chosen = await vscode.window.showSaveDialog(folder === undefined ? {} : { defaultUri: vscode.Uri.joinPath(folder, name) });
  if (chosen !== undefined) {
    await vscode.workspace.fs.writeFile(chosen, new TextEncoder().encode(text));
  }
}

function internalsOf(active: ActiveCluster, views: SideBar, redirect: ExtensionInternals['answerWith'], timelines: () => Timelines | undefined): ExtensionInternals {
  return {
    treeText: (view, depth) => treeText(views.build(view), depth === undefined ? {} : { depth }),
    inventory: () => active.inventory,
    connection: () => active.state.state,
    timelines: () => timelines()?.drawn() ?? [],
    receiveFromTimeline: (message) => timelines()?.receive(message),
    answerWith: redirect,
  };
}

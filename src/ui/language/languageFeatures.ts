import * as vscode from 'vscode';
import { codeLenses } from '../../manifest/assist/codeLenses';
import type { FieldDocs } from '../../manifest/assist/fieldDocs';
import { livePhase } from '../../manifest/assist/livePhase';
import { secretsNamedIn } from '../../manifest/assist/secretsNamedIn';
import { secretNamespaceAt } from '../../manifest/assist/secretValues';
import type { Facts } from '../../manifest/facts/facts';
import { inventoryFacts } from '../../manifest/facts/inventoryFacts';
import type { JudgeOptions } from '../../manifest/judge';
import { judgeInTurns } from '../../manifest/judgeFile';
import type { ManifestFile } from '../../manifest/manifestFile';
import { Diagnostics } from './diagnostics';
import { createDialects } from '../../manifest/session/dialects';
import { HostTurns } from './hostTurns';
import { createJudgement } from './judgement';
import type { LanguageDeps } from './language';
import { ruleSeverities, spokenLine, type ReadSetting, type SpokenLine } from '../../manifest/session/languageSettings';
import { LineStatus } from './lineStatus';
import { loadFieldDocs } from '../../manifest/session/loadFieldDocs';
import { isYaml, mentionsKubeBlocks } from '../../manifest/session/manifestText';
import { OpenManifests } from '../../manifest/session/openManifests';
import { secretReaderOf } from '../connection/secretReaderOf';
import type { Manifests } from '../manifests';
import { createManifests } from './openManifest';
import type { Assistance } from './providers/assistance';
import { registerProviders } from './providers/registerProviders';
import { groupOf, isKubeBlocksGroup } from '../../manifest/dialect';
import { BesideYamlExtension } from './yamlExtension';
import { createSchemaReader } from './schemaReader';
import { vscodeFiles } from './vscodeFiles';
import { watchWorkspace } from './watchWorkspace';
import { NamedSecrets } from '../../manifest/session/namedSecrets';
import { WorkspaceIndex } from '../../manifest/session/workspaceIndex';

const SECTION = 'kubeblocksBackup';
/** Without a key before Secrets that a text names are looked up. */
const QUIET_MS = 1_000;
/** How long completion waits for a cluster, at most. */
const PATIENCE_MS = 1_500;

export interface LanguageFeatures {
  dispose(): void;
  readonly manifests: Manifests;
}

/** Everything the extension does with YAML texts. */
export function createLanguageFeatures({ extensionUri, logger, inventory, operations, onDidChangeCluster, time, onManifestInFront, canAct }: LanguageDeps): LanguageFeatures {
  const files = new OpenManifests();
  const hostTurns = new HostTurns();
  const index = new WorkspaceIndex(vscodeFiles, () => files.entries());
  const settingsOf = ({ uri }: vscode.TextDocument): ReadSetting => (key) => vscode.workspace.getConfiguration(SECTION, uri).get(key);
  const lineOf = (document: vscode.TextDocument): SpokenLine => spokenLine(settingsOf(document), inventory()?.line);
  const readSchema = createSchemaReader(extensionUri);
  const dialectOf = createDialects(readSchema);
  const secrets: NamedSecrets = new NamedSecrets({ reader: () => secretReaderOf(operations()), now: () => performance.now(), logger, onChange: () => judgeAll() });
  const wantSecrets = (): Promise<void> => secrets.want(files.entries().flatMap(([, file]) => secretsNamedIn(file.documents.flatMap(({ document }) => document.objects))));
  let whenQuiet: ReturnType<typeof setTimeout> | undefined;
  /** Nothing is asked for while somebody types. */
  const wantSoon = (isTyped: boolean): void => {
    if (whenQuiet !== undefined && !isTyped) return;
    clearTimeout(whenQuiet);
    whenQuiet = setTimeout(() => {
      whenQuiet = undefined;
      void wantSecrets();
    }, QUIET_MS);
  };
  const factsFor = ({ uri }: vscode.TextDocument): Facts => {
    const known = inventory();
    const named = secrets.source;
    return [...(known === undefined ? [] : [inventoryFacts(known)]), ...(named === undefined ? [] : [named]), ...index.factsFor(uri.toString())];
  };
  const optionsFor = (document: vscode.TextDocument): JudgeOptions => ({ severities: ruleSeverities(settingsOf(document)), kustomized: index.kustomized(document.uri.toString()) });
  let docs: Promise<FieldDocs> | undefined;
  const judgement = createJudgement({
    files,
    turns: hostTurns,
    lineOf: (document) => lineOf(document).line,
    dialectOf,
    factsFor,
    optionsFor,
  });
  const isOurs = (document: vscode.TextDocument): boolean => isYaml(document) && mentionsKubeBlocks(document.getText());
  const readNow = (document: vscode.TextDocument): ManifestFile | undefined => (isOurs(document) ? files.fileOf(document.uri.toString(), document) : undefined);
  const lineAt = (uri: string): string | undefined => {
    const wanted = vscode.Uri.parse(uri).toString();
    const document = vscode.workspace.textDocuments.find((each) => each.uri.toString() === wanted);
    const file = document === undefined ? undefined : readNow(document);
    const holdsOurs = file?.documents.some((each) => each.document.objects.some(({ apiVersion }) => isKubeBlocksGroup(groupOf(apiVersion)))) === true;
    return document === undefined || !holdsOurs ? undefined : lineOf(document).line;
  };
  const beside = new BesideYamlExtension({ logger, lineAt, onChange: () => judgeAll() });
  const diagnostics = new Diagnostics({
    judgement,
    logger,
    fileOf: (uri) => index.fileOf(uri),
    isSaidElsewhere: ({ source }, document) => source === 'syntax' && beside.validates(document),
  });
  const secretNamesAt = async (file: ManifestFile, offset: number, token: vscode.CancellationToken): Promise<Facts> => {
    const namespace = secretReaderOf(operations()) === undefined ? undefined : secretNamespaceAt(file, offset);
    if (namespace === undefined) return [];
    const given = new Promise<undefined>((resolve) => {
      setTimeout(() => resolve(undefined), PATIENCE_MS);
      token.onCancellationRequested(() => resolve(undefined));
    });
    const names = await Promise.race([secrets.namesIn(namespace), given]);
    return names === undefined ? [] : [names];
  };
  const assistance: Assistance = {
    fileOf: async (document) => {
      if (!isOurs(document)) return undefined;
      const file = await files.open(document.uri.toString(), document, hostTurns.begin());
      if (document.isClosed) files.close(document.uri.toString());
      return file;
    },
    turn: () => hostTurns.begin(),
    contextOf: async (document) => {
      docs ??= loadFieldDocs(readSchema, dialectOf);
      docs.catch(() => (docs = undefined));
      const [known, dialect] = await Promise.all([docs, dialectOf(lineOf(document).line)]);
      return { facts: factsFor(document), dialect, docs: known, ...time() };
    },
    secretNamesAt,
    findingsIn: (document) => diagnostics.foundIn(document)?.findings ?? [],
    judged: async (document, file) => judgeInTurns(file, factsFor(document), await dialectOf(lineOf(document).line), hostTurns.begin(), optionsFor(document)),
    others: ({ uri }) => index.filesBut(uri.toString()),
    otherFile: (uri) => index.fileOf(uri),
  };
  const settingsChanged = new vscode.EventEmitter<void>();
  const isOn = (key: string) => (document: vscode.TextDocument): boolean => settingsOf(document)(key) !== false;
  const status = new LineStatus(lineOf, () => inventory()?.context, onManifestInFront);
  const lensesChanged = new vscode.EventEmitter<void>();
  let stateShown = '';
  /** Lenses are drawn anew only when what they say of an open manifest changed. */
  const renewLenses = (): void => {
    const facts = inventory();
    const known = facts === undefined ? [] : [inventoryFacts(facts)];
    const state = files.entries().flatMap(([uri, file]) => file.documents.flatMap(codeLenses({ facts: known })).map(({ live }) => `${uri} ${live?.cluster ?? ''} ${live === undefined ? '' : (livePhase(live.object) ?? '')}`)).join('\n');
    if (state !== stateShown) lensesChanged.fire();
    stateShown = state;
  };
  const judgeAll = (): void => {
    vscode.workspace.textDocuments.forEach((document) => diagnostics.changed(document));
    status.update();
  };
  judgeAll();
  wantSoon(false);
  const disposable = vscode.Disposable.from(
    beside,
    diagnostics,
    status,
    vscode.workspace.onDidOpenTextDocument((document) => {
      diagnostics.changed(document);
      wantSoon(false);
    }),
    vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
      if (contentChanges.length === 0) return;
      diagnostics.changed(document);
      wantSoon(true);
    }),
    vscode.workspace.onDidCloseTextDocument((document) => {
      diagnostics.close(document);
      files.close(document.uri.toString());
    }),
    vscode.window.onDidChangeActiveTextEditor(() => {
      status.update();
      wantSoon(false);
    }),
    vscode.window.onDidChangeWindowState(() => wantSoon(false)),
    vscode.workspace.onDidChangeConfiguration((event) => {
      if (event.affectsConfiguration('yaml.validate')) judgeAll();
      if (!event.affectsConfiguration(SECTION)) return;
      settingsChanged.fire();
      lensesChanged.fire();
      judgeAll();
    }),
    {
      dispose: onDidChangeCluster(() => {
        judgeAll();
        renewLenses();
        wantSoon(false);
      }),
    },
    vscode.workspace.onDidGrantWorkspaceTrust(() => lensesChanged.fire()),
    {
      dispose: () => {
        clearTimeout(whenQuiet);
        secrets.dispose();
      },
    },
    settingsChanged,
    lensesChanged,
    registerProviders(assistance, {
      hasInlayHints: isOn('manifests.inlayHints'),
      hasDocumentLinks: isOn('manifests.documentLinks'),
      hasOutline: () => !beside.hasOutline,
      onDidChange: settingsChanged.event,
      codeLenses: { isOn: isOn('manifests.codeLenses'), canAct: () => canAct && vscode.workspace.isTrusted, onDidChange: lensesChanged.event },
    }),
    watchWorkspace(index, logger, judgeAll),
  );
  const manifests = createManifests({ fileOf: readNow, wantSecrets, judgement, lineOf: (document) => lineOf(document).line, dialectOf, factsFor });
  return { manifests, dispose: () => void disposable.dispose() };
}

import { readFileSync } from 'node:fs';
import * as l10n from '@vscode/l10n';
import type { FactSource } from '../../manifest/facts/facts';
import { inventoryFacts } from '../../manifest/facts/inventoryFacts';
import { workspaceFacts } from '../../manifest/facts/workspaceFacts';
import { judgeFile } from '../../manifest/judgeFile';
import { readDocumentQuickly } from '../../manifest/manifestDocument';
import { readFile, type ManifestFile } from '../../manifest/manifestFile';
import type { CliOutput, CliProcess } from '../cliProcess';
import { findSchemas } from '../installation';
import { UsageError } from '../usageError';
import { withoutBaseline } from './baseline';
import { WRITERS, type LintReport } from './formats';
import { DEFAULT_LINE, LINT_HELP, parseLintArguments, type LintArguments } from './lintArguments';
import { isAtLeast, lintFinding } from './lintFinding';
import type { LiveCluster, ReadCluster } from './liveCluster';
import { kustomizedAround } from './kustomizedAround';
import { liveGaps } from './liveGaps';
import type { liveSecrets } from './liveSecrets';
import { loadDialect } from './loadDialect';
import { manifestFiles } from './manifestFiles';

const FOUND = 1;
const COULD_NOT_RUN = 2;
const STANDARD_INPUT = 0;

/** `kubeblocks-backup lint`: 0 nothing at or above --fail-on, 1 something, 2 it could not run. */
export async function runLint(args: readonly string[], process: CliProcess, readCluster?: ReadCluster): Promise<number> {
  try {
    const given = parseLintArguments(args);
    if (given.help) {
      process.stdout.write(LINT_HELP);
      return 0;
    }
    const files = readFiles(given);
    const live = given.live ? await (readCluster ?? (await clusterReader(process.stderr)))(given.context) : undefined;
    if (live !== undefined) for (const gap of liveGaps(live)) process.stderr.write(`${gap}\n`);
    const { facts, gaps } = live === undefined ? NO_SECRETS : await askSecrets(files.values(), live);
    for (const gap of gaps) process.stderr.write(`${gap}\n`);
    const { report, templates, patches } = lint(given, files, live, facts);
    process.stdout.write(WRITERS[given.format](report));
    if (templates.length > 0) process.stderr.write(`${templatesText(templates)}\n`);
    if (patches.length > 0) process.stderr.write(`${l10n.t('Judged as patches of kustomize, of which nothing is missing: {0}.', patches.join(', '))}\n`);
    return report.findings.some(({ severity }) => isAtLeast(severity, given.failOn)) ? FOUND : 0;
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    return COULD_NOT_RUN;
  }
}

async function clusterReader(stderr: CliOutput): Promise<ReadCluster> {
  const { createReadCluster } = await import('./readCluster.js');
  return createReadCluster(stderr);
}

const NO_SECRETS = { facts: [], gaps: [] } as const;

async function askSecrets(files: Iterable<ManifestFile>, live: LiveCluster): ReturnType<typeof liveSecrets> {
  try {
    return await (await import('./liveSecrets.js')).liveSecrets(files, live);
  } finally {
    live.dispose();
  }
}

function readFiles({ paths }: LintArguments): ReadonlyMap<string, ManifestFile> {
  return new Map(manifestFiles(paths).map((path): [string, ManifestFile] => [nameOf(path), readFile(textOf(path), readDocumentQuickly)]));
}

function lint({ line, baseline }: LintArguments, files: ReadonlyMap<string, ManifestFile>, live: LiveCluster | undefined, secrets: readonly FactSource[]): { readonly report: LintReport; readonly templates: readonly string[]; readonly patches: readonly string[] } {
  const dialect = loadDialect(line ?? live?.inventory.line ?? DEFAULT_LINE, findSchemas(__dirname), live?.crds);
  const kustomized = kustomizedAround([...files.keys()]);
  const patches = [...files.keys()].filter((name) => kustomized(name).isPatch);
  const whole = [...files].filter(([name]) => !patches.includes(name));
  const written = files.size > 1 ? [workspaceFacts(whole.map(([name, file]) => ({ name, uri: name, file })))] : [];
  const facts = [...(live === undefined ? [] : [inventoryFacts(live.inventory)]), ...secrets, ...written];
  const findings = [...files].flatMap(([name, file]) => judgeFile(file, facts, dialect, { isOnce: true, kustomized: kustomized(name) }).map((finding) => lintFinding(name, file, finding)));
  const templates = [...files].filter(([, { documents }]) => documents.some(({ document }) => document.isTemplate)).map(([name]) => name);
  return { report: { files: [...files.keys()], findings: baseline === undefined ? findings : withoutBaseline(findings, baseline) }, templates, patches };
}

/** Silence about them would read as praise. */
function templatesText(names: readonly string[]): string {
  return l10n.t('Left alone, for templates are no manifests yet: {0}. Render them first, as in: helm template CHART | kubeblocks-backup lint -', names.join(', '));
}

function nameOf(path: string): string {
  return path === '-' ? '<stdin>' : path;
}

function textOf(path: string): string {
  try {
    return readFileSync(path === '-' ? STANDARD_INPUT : path, 'utf8');
  } catch (error) {
    throw new UsageError(l10n.t('{0} cannot be read: {1}.', path, error instanceof Error ? error.message : String(error)));
  }
}

import * as l10n from '@vscode/l10n';
import { LINES, type KubeBlocksLine } from '../../kubeblocks/kinds';
import type { Conversion } from '../../manifest/assist/convert';
import type { App } from '../app';
import { CommandError } from '../commandError';
import type { OpenManifest } from '../manifests';
import { simple } from './command';
import { requireManifest, valueOf } from './manifestTarget';
import { notify } from './notify';

/** Brings a file to another line of KubeBlocks, after its differences were shown. */
export const convertManifest = simple(async (app, { argument }) => {
  const manifest = await requireManifest(app, argument);
  const from = await lineWrittenFor(manifest);
  const title = l10n.t('Convert {0}', manifest.name);
  const to = valueOf(
    await app.prompts.pick({
      title,
      placeholder: l10n.t('It reads as KubeBlocks {0}. Convert it to', from),
      choices: LINES.toReversed().filter((line) => line !== from).map((line) => ({ label: l10n.t('KubeBlocks {0}', line), value: line, ...(line === manifest.line && { description: l10n.t('as the problems are found by') }) })),
      active: (line) => line === manifest.line,
    }),
  );
  const conversion = await manifest.convert(from, to);
  if (conversion.edits.length === 0) {
    notify(app, conversion.open.length === 0 ? 'info' : 'warning', untouched(manifest, to, conversion), []);
    return;
  }
  await app.documents.compare(l10n.t('{0}: as it is ↔ for KubeBlocks {1}', manifest.name, to), { uri: manifest.uri }, { name: manifest.name, text: conversion.text });
  await agree(app, title, to, conversion);
  if (!(await manifest.edit(conversion.edits))) {
    throw new CommandError(l10n.t('{0} was not converted: its text changed meanwhile. Start again.', manifest.name));
  }
  notify(app, 'info', l10n.t('{0} is written for KubeBlocks {1} now, and not saved yet.', manifest.name, to), []);
});

/** The line that finds the fewest errors; among equals the one its problems are found by, else the newest. */
async function lineWrittenFor(manifest: OpenManifest): Promise<KubeBlocksLine> {
  const counted: { readonly line: KubeBlocksLine; readonly errors: number }[] = [];
  for (const line of LINES) {
    counted.push({ line, errors: (await manifest.judge(line)).filter(({ severity, source }) => severity === 'error' && source === 'schema').length });
  }
  const fewest = Math.min(...counted.map(({ errors }) => errors));
  const best = counted.filter(({ errors }) => errors === fewest).map(({ line }) => line);
  return best.includes(manifest.line) ? manifest.line : (best.at(-1) ?? manifest.line);
}

async function agree(app: App, title: string, to: KubeBlocksLine, { edits, open }: Conversion): Promise<void> {
  for (;;) {
    const chosen = valueOf(
      await app.prompts.pick({
        title,
        placeholder: open.length === 0 ? l10n.t('Everything can be converted') : l10n.t('Left to you: {0}', open.length),
        choices: [
          { label: edits.length === 1 ? l10n.t('Convert 1 document to KubeBlocks {0}', to) : l10n.t('Convert {0} documents to KubeBlocks {1}', edits.length, to), icon: 'check', value: true },
          ...open.map(({ message }) => ({ label: message, icon: 'warning', value: false })),
        ],
        active: (choice) => choice,
      }),
    );
    if (chosen) {
      return;
    }
  }
}

function untouched({ name }: OpenManifest, to: KubeBlocksLine, { open }: Conversion): string {
  const [first] = open;
  if (first === undefined) {
    return l10n.t('{0} fits KubeBlocks {1} as it is.', name, to);
  }
  return open.length === 1
    ? l10n.t('{0} cannot be converted to KubeBlocks {1} by itself: {2}', name, to, first.message)
    : l10n.t('{0} cannot be converted to KubeBlocks {1} by itself: {2} Things left to you in all: {3}.', name, to, first.message, open.length);
}

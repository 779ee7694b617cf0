import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { findOnPath } from './browser.mjs';
import { missingGoFor } from './clusterPrograms.mjs';
import { buildProgram } from './goModule.mjs';
import { ROOT, TOOLS } from './project.mjs';
import { contentKeyOf, isDone, onceFor } from './stamp.mjs';

const FOLDER = path.join('test', 'kbcli');
const HOME = path.join(TOOLS, 'kbcli');
const PROGRAM = path.join(HOME, 'kbcli');
const STAMP = path.join(HOME, 'made-from');

/** What kbcli itself is built without: parts of a container engine that need C. */
const TAGS = ['containers_image_openpgp', 'exclude_graphdriver_btrfs', 'exclude_graphdriver_devicemapper'];

/** The one that is named by KUBEBLOCKS_KBCLI or on the PATH; else the one that is built here. */
const given = () => process.env.KUBEBLOCKS_KBCLI ?? findOnPath(['kbcli']);

/** Why there is no kbcli and none can be built, or undefined. */
export function missingKbcli() {
  return given() !== undefined || isDone(STAMP, key(), PROGRAM) ? undefined : missingGoFor([FOLDER], 'to build kbcli');
}

/** The path of kbcli 1.0.2, built from its Go module where none is given. */
export async function ensureKbcli() {
  const there = given();
  if (there !== undefined) return there;
  mkdirSync(HOME, { recursive: true });
  await onceFor(STAMP, key(), PROGRAM, () => buildProgram({ lane: 'kbcli', folder: FOLDER, source: 'github.com/apecloud/kbcli/cmd/cli', to: PROGRAM, tags: TAGS }));
  return PROGRAM;
}

function key() {
  return contentKeyOf(ROOT, [path.join(FOLDER, 'go.mod'), path.join(FOLDER, 'go.sum')]);
}

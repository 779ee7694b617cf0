import { readFileSync } from 'node:fs';
import path from 'node:path';
import { mustRun } from './command.mjs';
import { ROOT, say } from './project.mjs';
import { SetupError } from './setupError.mjs';

const VERSION = 'k8s.io/component-base/version';

/**
 * Runs Go in a module of this repository.
 * @param {string} purpose what fails when it fails, as the start of a sentence
 * @param {string} folder the module's, relative to the repository's root
 * @param {readonly string[]} args
 */
export function go(purpose, folder, args) {
  return mustRun(purpose, 'Check the network and run the command again.', 'go', args, {
    cwd: path.join(ROOT, folder),
    env: { ...process.env, CGO_ENABLED: '0', GOFLAGS: '-mod=readonly -buildvcs=false', GOWORK: 'off' },
  });
}

/**
 * Builds a program for a lane.
 * @param {{ lane: string, folder: string, source: string, to: string, tags?: readonly string[] }} options `folder`: the module's; `source`: the package; `to`: the program's file
 */
export async function buildProgram({ lane, folder, source, to, tags = [] }) {
  const name = path.basename(to);
  say(`Building ${name} for the ${lane} lane…`);
  const started = Date.now();
  await go(`The ${lane} lane's ${name} could not be built`, folder, ['build', '-p', '2', '-trimpath', ...(tags.length === 0 ? [] : ['-tags', tags.join(',')]), '-ldflags', linkerFlags(folder), '-o', to, source]);
  say(`Built ${name} in ${Math.round((Date.now() - started) / 1000)} s.`);
}

/** A Kubernetes that was not told its version says v0.0.0-master. @param {string} folder */
function linkerFlags(folder) {
  const text = goMod(folder);
  if (!text.includes('k8s.io/kubernetes ')) return '-s -w';
  const version = /k8s\.io\/kubernetes (v(\d+)\.(\d+)\.\S+)/.exec(text);
  if (!version) throw new SetupError(`${folder}/go.mod names no version of k8s.io/kubernetes: correct it.`);
  return `-s -w -X ${VERSION}.gitVersion=${version[1]} -X ${VERSION}.gitMajor=${version[2]} -X ${VERSION}.gitMinor=${version[3]}`;
}

/** The oldest Go that a module can be built with. @param {string} folder */
export function goVersionOf(folder) {
  return /^go (\S+)$/m.exec(goMod(folder))?.[1] ?? '1.24.0';
}

/** @param {string} folder */
function goMod(folder) {
  return readFileSync(path.join(ROOT, folder, 'go.mod'), 'utf8');
}

import { mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { mustRun } from './command.mjs';
import { TOOLS, say } from './project.mjs';
import { SetupError } from './setupError.mjs';

const AGAIN = 'Check the network and run the command again.';
const KEYRING = '/usr/share/keyrings/debian-archive-keyring.gpg';

/** The address from which this machine's own apt gets Debian's packages. */
export async function debianMirror() {
  const said = await mustRun("apt could not be asked for Debian's mirror", 'Correct /etc/apt.', 'apt-get', ['indextargets', '--format', '$(SITE)', 'Created-By: Packages']);
  const site = said.split('\n').find((line) => /\/debian\/?$/.test(line));
  if (site === undefined) throw new SetupError('apt has no source of Debian itself: add one to /etc/apt and run the command again.');
  return site;
}

/**
 * Downloads packages of exactly these versions and unpacks them. Nothing is installed, and apt's own lists stay as they are.
 * @param {string} suite
 * @param {Readonly<Record<string, string>>} packages version by name
 * @param {string} tree where to
 */
export async function unpackPackages(suite, packages, tree) {
  say(`Fetching ${Object.keys(packages).length} Debian packages…`);
  const apt = path.join(TOOLS, 'node-lane', 'apt');
  const below = (/** @type {string} */ name) => path.join(apt, name);
  rmSync(apt, { recursive: true, force: true });
  for (const name of ['lists/partial', 'cache/archives/partial', 'state', 'packages']) mkdirSync(below(name), { recursive: true });
  writeFileSync(below('status'), '');
  writeFileSync(below('sources.list'), `deb [signed-by=${KEYRING}] ${await debianMirror()} ${suite} main\n`);
  const own = {
    'Dir::State': below('state'),
    'Dir::State::Lists': below('lists'),
    'Dir::State::status': below('status'),
    'Dir::Cache': below('cache'),
    'Dir::Etc::sourcelist': below('sources.list'),
    'Dir::Etc::sourceparts': '-',
    // Its own user could not write here.
    'APT::Sandbox::User': 'root',
  };
  const options = Object.entries(own).flatMap(([key, value]) => ['-o', `${key}=${value}`]);
  await mustRun("Debian's package lists could not be fetched", AGAIN, 'apt-get', [...options, 'update']);
  const wanted = Object.entries(packages).map(([name, version]) => `${name}=${version}`);
  await mustRun('Debian packages could not be fetched', 'Check the network; where a version is not served any more, correct test/node/pins.json.', 'apt-get', [...options, 'download', ...wanted], { cwd: below('packages') });
  const draft = `${tree}.draft`;
  rmSync(draft, { recursive: true, force: true });
  for (const name of readdirSync(below('packages'))) await mustRun(`${name} could not be unpacked`, AGAIN, 'dpkg-deb', ['--extract', path.join(below('packages'), name), draft]);
  rmSync(apt, { recursive: true });
  rmSync(tree, { recursive: true, force: true });
  renameSync(draft, tree);
}

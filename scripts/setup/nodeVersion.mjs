import { readFileSync } from 'node:fs';
import path from 'node:path';
import { ROOT } from './project.mjs';
import { SetupError } from './setupError.mjs';

/** Ends with one sentence where Node is older than `engines.node` of package.json. */
export function requireNodeVersion(running = process.versions.node) {
  const { engines } = JSON.parse(readFileSync(path.join(ROOT, 'package.json'), 'utf8'));
  const [major = 0, minor = 0] = /(\d+)(?:\.(\d+))?/.exec(engines.node)?.slice(1).map((part) => Number(part ?? 0)) ?? [];
  const [hasMajor = 0, hasMinor = 0] = running.split('.').map(Number);
  if (hasMajor > major || (hasMajor === major && hasMinor >= minor)) return;
  throw new SetupError(`Node ${running} is too old: this needs Node ${major}.${minor} or newer. Get it from https://nodejs.org and run the command again.`);
}

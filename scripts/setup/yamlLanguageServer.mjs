import { existsSync, mkdirSync } from 'node:fs';
import path from 'node:path';
import { npm } from './command.mjs';
import { TOOLS, say } from './project.mjs';
import { SetupError } from './setupError.mjs';

/**
 * The main file of yaml-language-server, the newest as of the first time, in .tools; why there is none where npm cannot fetch it.
 * @returns {Promise<{ file: string } | { lack: string }>}
 */
export async function findYamlLanguageServer() {
  const folder = path.join(TOOLS, 'yaml-language-server');
  const file = path.join(folder, 'node_modules', 'yaml-language-server', 'bin', 'yaml-language-server');
  if (existsSync(file)) return { file };
  say('Installing yaml-language-server to measure beside it…');
  mkdirSync(folder, { recursive: true });
  try {
    await npm('yaml-language-server could not be installed', 'Check the network.', ['install', '--prefix', folder, '--ignore-scripts', '--no-audit', '--no-fund', 'yaml-language-server@latest'], { cwd: folder });
    return { file };
  } catch (error) {
    if (error instanceof SetupError) return { lack: error.message };
    throw error;
  }
}

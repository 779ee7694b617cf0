import { capture } from '../setup/command.mjs';

/**
 * Shows an address in the person's browser, where there is a desktop to show it on.
 * @param {string} address
 * @returns {Promise<boolean>} whether it was opened
 */
export async function openAddress(address) {
  const opener = openerOf(process.platform);
  if (!opener) return false;
  const { code } = await capture(opener.program, [...opener.args, address]);
  return code === 0;
}

/** @param {NodeJS.Platform} platform */
function openerOf(platform) {
  if (platform === 'darwin') return { program: 'open', args: [] };
  // `start` of cmd would read the & of a query as the end of the command.
  if (platform === 'win32') return { program: 'rundll32', args: ['url.dll,FileProtocolHandler'] };
  return process.env.DISPLAY || process.env.WAYLAND_DISPLAY ? { program: 'xdg-open', args: [] } : undefined;
}

import * as l10n from '@vscode/l10n';
import { diagnosisInFront } from './diagnosisInFront';
import { simple } from './command';
import { notify } from './notify';

/** Puts a diagnosis with all its evidence on the clipboard, as Markdown without credentials. */
export const copyReport = simple(async (app, { ref }) => {
  const { target, diagnosed } = await diagnosisInFront(app, ref, l10n.t('Copy Diagnosis as Report'));
  await app.copy(diagnosed.report);
  notify(app, 'info', l10n.t('Copied what was found about {0}, as Markdown. Credentials are struck out; names are in it.', target.name), []);
});

import * as l10n from '@vscode/l10n';

/** A parser's fault in our words, by its code; for the rare ones the parser's own sentence. */
export function syntaxMessage(code: string, parserMessage: string): string {
  switch (code) {
    case 'TAB_AS_INDENT':
      return l10n.t('YAML takes no tabs for indentation. Use spaces.');
    case 'BAD_INDENT':
      if (parserMessage.startsWith('Flow ')) return notClosed(parserMessage.slice(-1));
      return l10n.t('This line is not indented like its neighbours, so it belongs to nothing.');
    case 'MISSING_CHAR':
      if (parserMessage.startsWith('Implicit map keys need')) return l10n.t('A colon is missing: this stands among keys, but has no value.');
      return notClosed(parserMessage.replace(/^Missing closing (.)quote$/, '$1').slice(-1));
    case 'KEY_OVER_1024_CHARS':
      return l10n.t('A key is at most 1024 characters long.');
    case 'MULTILINE_IMPLICIT_KEY':
      return l10n.t('A key stands on one line. Is a colon missing in the line before?');
    case 'BLOCK_AS_IMPLICIT_KEY':
      return l10n.t('A second colon in the line: quote the value, or begin a new line.');
    case 'BAD_ALIAS':
      return l10n.t('An alias is * and a name, and stands for a whole value.');
    case 'MULTIPLE_ANCHORS':
      return l10n.t('A value has one anchor at most.');
    default:
      return l10n.t('This is not YAML: {0}.', parserMessage.replace(/\.$/, ''));
  }
}

/** @param char that closes it. */
function notClosed(char: string): string {
  return l10n.t('Something above is not closed: before this, {0} is missing.', char);
}

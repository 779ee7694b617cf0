import assert from 'node:assert/strict';
import { inertText, withoutIcons } from '../../../../src/ui/prompts/inertText';

/** What VS Code looks for in the text of a notification (`parseLinkedText`). */
const LINK = /\[([^\]]+)\]\(((?:https?:\/\/|command:|file:)[^)\s]+)(?: (["'])(.+?)(\3))?\)/i;

describe('inert text', () => {
  const hostile = [
    'backup failed: [see here](command:workbench.action.terminal.new)',
    '[a](https://example.test/x "y")',
    '[[a]](file:///etc/passwd)',
    '[a]((command:x)[b](command:y)',
  ];

  for (const text of hostile) {
    it(`holds no link: ${text}`, () => {
      assert.doesNotMatch(inertText(text), LINK);
    });
  }

  it('leaves ordinary words as they are', () => {
    const text = 'Backup a failed: no space left on device (main-store) [job 1].';
    assert.equal(inertText(text), text);
  });
});

describe('text without icons', () => {
  /** What VS Code draws as an icon (`labelWithIconsRegex`). */
  const ICON = /(\\)?\$\(([A-Za-z0-9-]+(?:~[A-Za-z]+)?)\)/;

  for (const text of ['$(error) failed', 'a $(sync~spin)', '$$(zap)', '\\$(zap)', '$($(zap))']) {
    it(`holds none: ${text}`, () => {
      assert.doesNotMatch(withoutIcons(text), ICON);
      assert.equal(withoutIcons(text).replaceAll('\u2060', ''), text);
    });
  }

  it('is left as it is where there is none', () => assert.equal(withoutIcons('costs 5 $ (net)'), 'costs 5 $ (net)'));
});

/**
 * Text for a surface in which VS Code turns `[label](command:…)` into a link that runs it: notifications, progress and
 * the lines of an input box. A space between the brackets keeps the words and takes away the link.
 */
export function inertText(text: string): string {
  return text.replace(/\]\(/g, '] (');
}

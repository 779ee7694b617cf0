/**
 * Text for a surface in which VS Code turns `[label](command:…)` into a link that runs it: notifications, progress and
 * the lines of an input box. A space between the brackets keeps the words and takes away the link.
 */
export function inertText(text: string): string {
  return text.replace(/\]\(/g, '] (');
}

/**
 * Text for the lines of a quick pick, in which VS Code draws `$(name)` as an icon. A word joiner, which has no width, keeps the
 * text as it reads and takes away the icon.
 */
export function withoutIcons(text: string): string {
  return text.replace(/\$\(/g, '$\u2060(');
}

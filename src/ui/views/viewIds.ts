/** The views of the side bar; `package.json` has the same ids. */
export const VIEW_IDS = ['kubeblocksBackup.clusters', 'kubeblocksBackup.backupSets', 'kubeblocksBackup.repositories'] as const;

export type ViewId = (typeof VIEW_IDS)[number];

/** What a click on a line of the view runs. In no menu and no palette: it means nothing without the click. */
export function openLineCommand(view: ViewId): `${ViewId}.openLine` {
  return `${view}.openLine`;
}

/** As `repository` of package.json names it. */
export const REPOSITORY = 'https://github.com/kubeblocks-backup/vscode-kubeblocks-backup';

/** The page of a finding's code: `KB-B001.md` for a rule, `schema.md` for `schema/unknown-field`. */
export function ruleLink(code: string): string {
  return `${REPOSITORY}/blob/main/docs/rules/${code.split('/')[0] ?? code}.md`;
}

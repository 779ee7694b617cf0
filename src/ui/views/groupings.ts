/** By what the backup sets can be grouped. */
export const GROUPINGS = ['cluster', 'method', 'repository', 'day'] as const;
export type GroupBy = (typeof GROUPINGS)[number];

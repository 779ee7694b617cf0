import { randomBytes } from 'node:crypto';

/** Everyone the lane's API server knows, by what they may do. */
export const USERS = {
  /** Everything. */
  administrator: ['system:masters'],
  /** Read the kinds of backup and the clusters, everywhere. */
  viewer: [],
  /** Backup, clusters and operations in the namespaces they were admitted to; nothing elsewhere. */
  developer: [],
  /** Nothing at all. */
  nobody: [],
} as const satisfies Record<string, readonly string[]>;

export type UserName = keyof typeof USERS;
export const USER_NAMES = Object.keys(USERS) as readonly UserName[];

export type Tokens = Readonly<Record<UserName, string>>;

export function makeTokens(): Tokens {
  return Object.fromEntries(USER_NAMES.map((name) => [name, randomBytes(24).toString('hex')])) as Record<UserName, string>;
}

/** The file the API server reads: token, user, uid and groups, as CSV. */
export function tokenFile(tokens: Tokens): string {
  return USER_NAMES.map((name) => `${tokens[name]},${name},${name},"${USERS[name].join(',')}"\n`).join('');
}

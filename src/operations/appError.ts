/** Why an operation failed, for the interface to choose how to show it. */
export type AppErrorReason =
  | 'cancelled'
  | 'conflict'
  | 'forbidden'
  | 'invalid'
  | 'nameTaken'
  | 'notFound'
  /** The context may only be changed by whoever typed its name. */
  | 'protected'
  | 'readOnly'
  | 'server'
  | 'timeout'
  | 'tls'
  | 'tooManyRequests'
  | 'unauthorized'
  | 'unreachable';

/** What a person can do about it with one click. */
export type AppErrorAction =
  /** A Role or ClusterRole to hand to an administrator. */
  | { readonly kind: 'copyRole'; readonly manifest: string }
  | { readonly kind: 'retry' }
  | { readonly kind: 'showLog' }
  | { readonly kind: 'chooseContext' };

/** An expected failure whose message is whole sentences: *what failed: why. What to do.* */
export class AppError extends Error {
  readonly action: AppErrorAction | undefined;

  constructor(
    readonly reason: AppErrorReason,
    message: string,
    options: { readonly action?: AppErrorAction; readonly cause?: unknown } = {},
  ) {
    super(message, { cause: options.cause });
    this.name = 'AppError';
    this.action = options.action;
  }
}

/** A stream that a command writes to. */
export interface CliOutput {
  write(text: string): unknown;
  on?(event: 'error', listener: (error: Error) => void): unknown;
}

/** What a command needs of the process it runs in. */
export interface CliProcess {
  readonly stdout: CliOutput;
  readonly stderr: CliOutput;
  /** `disconnect`: the process that forked this one is gone. */
  on(event: 'SIGINT' | 'SIGTERM' | 'disconnect', listener: () => void): unknown;
}

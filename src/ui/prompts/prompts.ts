import type { ErrorAction } from '../commandError';

/** A line to choose. */
export interface Choice<T> {
  readonly label: string;
  readonly description?: string;
  readonly detail?: string;
  readonly icon?: string;
  readonly value: T;
}

/** Where a question stands in a sequence; absent for a question of its own. */
export interface Position {
  readonly step: number;
  readonly total: number;
  readonly canGoBack: boolean;
}

export interface PickRequest<T> {
  readonly title: string;
  readonly placeholder: string;
  readonly choices: readonly Choice<T>[];
  /** The choice that is active at first. */
  readonly active?: (value: T) => boolean;
  readonly position?: Position;
}

export interface PickManyRequest<T> {
  readonly title: string;
  readonly placeholder: string;
  readonly choices: readonly Choice<T>[];
  /** The choices that are taken at first. */
  readonly picked: (value: T) => boolean;
  readonly position?: Position;
}

export interface InputRequest {
  readonly title: string;
  readonly prompt: string;
  readonly placeholder?: string;
  readonly value: string;
  /** Dots stand for what is typed. */
  readonly password?: boolean;
  /** Undefined when the text can be taken. Asked at each key. */
  readonly validate?: (text: string) => string | undefined;
  /** What a text that can be taken would mean ("Expires 30 Nov 12:10"), shown while it is typed. */
  readonly explain?: (text: string) => string | undefined;
  readonly position?: Position;
}

export interface BusyRequest {
  readonly title: string;
  readonly placeholder: string;
  readonly position?: Position;
}

export interface ConfirmRequest {
  readonly message: string;
  readonly detail: string;
  /** The button that agrees; a verb. */
  readonly accept: string;
}

export type Answer<T> = { readonly kind: 'value'; readonly value: T } | { readonly kind: 'back' } | { readonly kind: 'cancelled' };

/** The same answer with its value put to use. */
export function mapAnswer<T, U>(answer: Answer<T>, use: (value: T) => U): Answer<U> {
  return answer.kind === 'value' ? { kind: 'value', value: use(answer.value) } : answer;
}

/** Everything a command asks or tells a person, so that a test can answer and listen. */
export interface Prompts {
  pick<T>(request: PickRequest<T>): Promise<Answer<T>>;
  /** Any number of choices, but at least one. */
  pickMany<T>(request: PickManyRequest<T>): Promise<Answer<readonly T[]>>;
  input(request: InputRequest): Promise<Answer<string>>;
  /** Shows that an answer is waited for; leaving aborts the signal. */
  busy<T>(request: BusyRequest, task: (signal: AbortSignal) => Promise<T>): Promise<Answer<T>>;
  /** Modal. */
  confirm(request: ConfirmRequest): Promise<boolean>;
  /** Brings a question that is open back to the front. */
  focus(): void;
  /** A notification; resolves with the button that was pressed. */
  tell(level: 'info' | 'warning' | 'error', message: string, actions: readonly ErrorAction[]): Promise<ErrorAction | undefined>;
}
